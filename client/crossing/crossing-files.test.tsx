// @vitest-environment jsdom
// What somebody sees and does about a file that may cross.
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MARIA, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { testFile } from '#client/files/testing/test-file.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { testId } from '#client/realtime/testing/history.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { permissionDeliver, permissionGive, permissionGiven } from '#shared/crossing/crossing-protocol.ts'
import { permissionSentence } from '#shared/crossing/permission-sentence.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { filesFold } from '#shared/files/files-state.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, PermissionId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { stateIn } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { lastValue } from '#shared/log/seq-map.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { AllowDialog } from './AllowDialog.tsx'
import { CrossingDialog } from './CrossingDialog.tsx'
import { CrossingLine } from './CrossingLine.tsx'

beforeAll(addDialog)
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const t = testTranslate('en')
const source = sideAudience(BEREKE)
const permissionId = testId<PermissionId>('permission')
const DONE: CommandAck = { ok: true, value: { at: [] } }
const EVERYBODY = [MED, AIGUL, PAVEL, MARIA]

function inSession(): SmallCase {
  const world = smallCase().join(MED, 'all', source, sideAudience(DALA)).happen(sessionStarted, 'case', {})
  for (const person of [AIGUL, PAVEL, MARIA]) world.enter(person).confirm(person).join(person, 'all')
  return world.join(AIGUL, source).join(PAVEL, sideAudience(DALA)).join(MARIA, sideAudience(DALA))
}

/** A photo in the caucus, and what is known of it there. */
function withPhoto(evidence: FileFacts['evidence'] = 'cleaned') {
  const world = testFile(inSession(), { name: 'IMG_0412.jpg', by: AIGUL, audience: source, evidence })
  const post = lastValue((stateIn(world.seenBy(AIGUL).audiences, filesFold, source) ?? filesFold.initial).posts)
  if (!post?.file) throw new Error('no file')
  return { world, file: post.file, place: { epoch: post.epoch, seq: post.seq } }
}

function sentenceOf(world: SmallCase, file: FileFacts): string {
  const state = stateIn(world.seenBy(AIGUL).audiences, caseFold, 'case')
  return state ? permissionSentence({ kind: 'file', file, owner: AIGUL, to: 'all', readers: EVERYBODY }, state, 'kk') : ''
}

function allowed(evidence: FileFacts['evidence'] = 'cleaned', readers: ParticipantId[] = EVERYBODY) {
  const { world, file: posted, place } = withPhoto(evidence)
  const file = { ...posted, name: 'Чек № 14.jpg' }
  const body = { permissionId, kind: 'file', file, place, to: 'all', readers, language: 'kk', sentence: sentenceOf(world, file) } as const
  world.happen(permissionGiven, source, { ...body, readers, identityLevel: 'link-and-code', codes: ['read-out'] }, AIGUL)
  return { world, file, place }
}

const all = (person: ParticipantId, world: SmallCase, options: Parameters<typeof renderCase>[3] = {}) =>
  renderCase(world, person, <CrossingDialog audience={source} asked={{ kind: 'all' }} onClose={() => undefined} />, options)
const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))

describe('allowing a file', () => {
  it('[CRO-61] [CRO-62] names this very file by id and digest, under the name that was typed; every reader and the sentence are shown', async () => {
    const { world, file } = withPhoto()
    const shown = <AllowDialog audience={source} what={{ kind: 'file', file }} onClose={() => undefined} />
    const { sent } = renderCase(world, AIGUL, shown, { answer: () => DONE })
    expect(screen.queryByText(t('crossing.allow.original'))).toBeNull()
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '' } })
    await press(t('crossing.allow.do'))
    screen.getByText(t('crossing.allow.name-first'))
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Чек № 14.jpg' } })
    const joint = screen.getByRole('radio', { name: new RegExp(t('crossing.to.all')) })
    for (const name of ['Ерлан Омаров', 'Айгүл Серік', 'Павел Ким', 'Мария Жук'])
      expect(joint.closest('label')?.textContent).toContain(name)
    await act(async () => fireEvent.click(joint))
    expect(document.querySelector('.crossing-sentence')?.textContent).toBe(sentenceOf(world, { ...file, name: 'Чек № 14.jpg' }))
    await press(t('crossing.allow.do'))
    const what = { kind: 'file', fileId: file.fileId, sha256: file.sha256, name: 'Чек № 14.jpg' }
    expect(sent[0]).toMatchObject({ name: permissionGive.name, input: { audience: source, what, to: 'all', readers: EVERYBODY } })
  })

  it.each(LOCALES)('[CRO-62] of an original picture it is said before that place, time and camera go with it: %s', (locale) => {
    const { world, file } = withPhoto('original')
    const shown = <AllowDialog audience={source} what={{ kind: 'file', file }} onClose={() => undefined} />
    void renderCase(world, AIGUL, shown, { locale })
    screen.getByText(testTranslate(locale)('crossing.allow.original'))
    cleanup()
    // a document that nobody could have cleaned has no camera
    const paper = { ...file, type: 'pdf', name: 'счёт.pdf' } as const
    void renderCase(world, AIGUL, <AllowDialog audience={source} what={{ kind: 'file', file: paper }} onClose={() => undefined} />, {
      locale,
    })
    expect(screen.queryByText(testTranslate(locale)('crossing.allow.original'))).toBeNull()
  })
})

describe('a permission for a file', () => {
  it('[CRO-60] the mediator passes it on with one button that names no file; its owner withdraws it', async () => {
    const { world } = allowed()
    const { sent } = all(MED, world, { answer: () => DONE })
    screen.getByText('Чек № 14.jpg')
    await press(t('crossing.deliver.file'))
    expect(sent[0]).toMatchObject({ name: permissionDeliver.name, input: { audience: source, permissionId } })
    cleanup()
    void all(AIGUL, world)
    screen.getByRole('button', { name: t('crossing.withdraw') })
    expect(screen.queryByRole('button', { name: t('crossing.deliver.file') })).toBeNull()
  })

  it('[CRO-65] taken away, there is nothing to pass on, and both are told; the owner can still withdraw', async () => {
    const { world, place } = allowed()
    world.happen(bodyRedacted, source, place, AIGUL)
    for (const person of [MED, AIGUL]) {
      void all(person, world)
      screen.getByText(t('crossing.file-gone'))
      expect(screen.queryByRole('button', { name: t('crossing.deliver.file') })).toBeNull()
      expect(screen.queryAllByRole('button', { name: t('crossing.withdraw') })).toHaveLength(person === AIGUL ? 1 : 0)
      cleanup()
    }
  })

  it('[CRO-14] somebody new: the same file is allowed anew for them too', async () => {
    const { world, file } = allowed('cleaned', [MED, AIGUL, PAVEL])
    const { sent } = all(AIGUL, world, { answer: () => DONE })
    await press(t('crossing.newcomers.allow'))
    expect(screen.getByRole('textbox')).toHaveProperty('value', file.name)
    await press(t('crossing.allow.do'))
    expect(sent[0]?.input).toMatchObject({ replaces: permissionId, what: { fileId: file.fileId, name: file.name } })
  })

  it('[CRO-8] [CRO-62] is printed with the name, the size and the digest of the file', async () => {
    const printed: string[] = []
    vi.spyOn(window, 'print').mockImplementation(() => {
      printed.push(document.querySelector('.ui-print')?.textContent ?? '')
    })
    const { world, file } = allowed()
    void all(MED, world)
    await press(t('crossing.print'))
    await expect.poll(() => printed.length).toBe(1)
    const lines = ['Жеткізуге рұқсат етілген файл', 'Чек № 14.jpg', String(file.size), file.sha256, sentenceOf(world, file)]
    for (const words of lines) expect(printed[0]).toContain(words)
  })

  it('[CRO-60] its line in the talk speaks of a file', () => {
    const { world } = allowed()
    const event = { what: 'given', kind: 'file', to: 'all' } as const
    void renderCase(world, AIGUL, <CrossingLine event={event} at={0} onShow={() => undefined} />)
    expect(document.body.textContent).toContain(t('crossing.line.file.given', { where: t('crossing.to.all') }))
  })
})
