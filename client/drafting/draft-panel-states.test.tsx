// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { AIGUL, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { caseClosed, mediationEnded, sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { block } from '#shared/document/document-block.ts'
import {
  draftReopened,
  freezeCancelled,
  freezeRequest,
  freezeRequested,
  readyGive,
  readyGiven,
  readyWithdraw,
} from '#shared/drafting/drafting-protocol.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { DraftPanel } from './DraftPanel.tsx'
import { closableBlocks, laneWith } from './testing/closable-text.ts'
import { Lane, VERSION, wordsOf } from './testing/lane.ts'
import { editorIn, renderDraft, screenIs } from './testing/shown-draft.tsx'

const t = testTranslate('en')

beforeAll(() => {
  addDialog()
  Range.prototype.getClientRects ??= () => [] as never
})
beforeEach(() => screenIs('wide'))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const inSession = () => smallCase().enter(AIGUL).enter(PAVEL).join(AIGUL, 'all').join(PAVEL, 'all').happen(sessionStarted, 'case', {})

interface PanelOptions {
  readonly world?: SmallCase
  readonly lane?: Lane
  readonly locale?: Locale
  readonly keeps?: boolean
  readonly answer?: () => CommandAck
}
function panel(person: ParticipantId, { world = inSession(), ...options }: PanelOptions = {}) {
  return { world, ...renderDraft(<DraftPanel />, { world, person, ...options }) }
}

const field = (name: string = t('drafting.text')) => screen.findByRole('textbox', { name })
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })
const answer = (name: string) => screen.getByRole('radio', { name })
const canAnswer = (name: string) => !answer(name).hasAttribute('aria-disabled')
const writable = async (name?: string) => (await field(name)).getAttribute('contenteditable') === 'true'
const connection = (lane: Lane, state: Lane['state']) => act(async () => lane.become(state))
const saved = (name: Locale = 'en') => screen.findByText(new RegExp(testTranslate(name)('drafting.save.saved', { time: '' }).trim()))
/** Somebody at another device writes, and the server has it. */
function othersWrite(lane: Lane, words: string): Promise<void> {
  const doc = lane.doc
  const before = Y.encodeStateVector(doc)
  wordsOf(doc).insert(0, words)
  const update = Y.encodeStateAsUpdate(doc, before)
  lane.updates.push(update)
  return act(async () => lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] }))
}
async function write(words: string, name?: string) {
  const editor = editorIn(await field(name))
  act(() => void editor.commands.insertContent(words))
}

describe('what the draft’s status says', () => {
  it.each(LOCALES)('[DRA-190] "saved" is said only of what the server has said so, "saving" of all else: %s', async (locale) => {
    const say = testTranslate(locale)
    const { lane } = panel(AIGUL, { locale })
    screen.getByText(say('drafting.save.loading'))
    await saved(locale)
    lane.hold = true
    await write('мои слова', say('drafting.text'))
    screen.getByText(say('drafting.save.saving'))
    expect(lane.text).toBe('')
    await act(async () => lane.release())
    await saved(locale)
    expect(lane.text).toBe('мои слова')
    expect(screen.queryByText(say('drafting.save.saving'))).toBeNull()
  })

  it.each(LOCALES)('[DRA-190] without a connection unsent words are said to wait, and are saved when it is back: %s', async (locale) => {
    const say = testTranslate(locale)
    const { lane, disk, timePasses } = panel(AIGUL, { locale, keeps: true })
    await saved(locale)
    await connection(lane, { kind: 'connecting' })
    screen.getByText(say('drafting.save.offline'))
    const release = disk.hold()
    await write('без связи', say('drafting.text'))
    await timePasses(1_000)
    screen.getByText(say('drafting.save.offlineKeeping'))
    expect(screen.queryByText(say('drafting.save.offlineUnsent'))).toBeNull()
    release()
    await timePasses(0)
    screen.getByText(say('drafting.save.offlineUnsent'))
    expect(lane.text).toBe('')
    await connection(lane, { kind: 'live' })
    await saved(locale)
    expect(lane.text).toBe('без связи')
  })

  it.each(LOCALES)('[DRA-190] unsent words are said to wait on the device only where it keeps them: %s', async (locale) => {
    const say = testTranslate(locale)
    const { lane } = panel(AIGUL, { locale, keeps: false })
    await saved(locale)
    await connection(lane, { kind: 'connecting' })
    await write('чужой телефон', say('drafting.text'))
    screen.getByText(say('drafting.save.offlineUnkept'))
    expect(screen.queryByText(say('drafting.save.offlineUnsent'))).toBeNull()
    await connection(lane, { kind: 'live' })
    await saved(locale)
    expect(lane.text).toBe('чужой телефон')
  })

  it('[DRA-190] a browser that refuses to keep them, and keeps them later, is believed each time', async () => {
    const { lane, disk, timePasses } = panel(AIGUL, { keeps: true })
    await saved()
    await connection(lane, { kind: 'connecting' })
    disk.refuses = true
    await write('полный диск')
    await timePasses(1_000)
    screen.getByText(t('drafting.save.offlineUnkept'))
    disk.refuses = false
    await write('ещё')
    await timePasses(1_000)
    screen.getByText(t('drafting.save.offlineUnsent'))
  })

  it('[DRA-190] what the server does not take is not called saved, and says why', async () => {
    const { lane, timePasses } = panel(AIGUL)
    await saved()
    lane.refuse = { kind: 'too-many', reason: 'drafting/too-fast' }
    await write('слишком быстро')
    await screen.findByText(t('drafting.reason.not-saved'))
    expect(screen.queryByText(/^Saved/)).toBeNull()
    lane.refuse = undefined
    await timePasses(60_000)
    await saved()
    expect(lane.text).toBe('слишком быстро')
  })

  it.each(LOCALES)('[DRA-191] nobody who only reads is promised that they can write without a connection: %s', async (locale) => {
    const say = testTranslate(locale)
    const { lane, world, told } = panel(AIGUL, { locale })
    await saved(locale)
    world.happen(sessionEnded, 'case', {})
    await told()
    screen.getByText(say('drafting.readOnly'))
    expect(await writable(say('drafting.text'))).toBe(false)
    await connection(lane, { kind: 'connecting' })
    screen.getByText(say('drafting.save.offlineReading'))
    expect(screen.queryByText(say('drafting.save.offline'))).toBeNull()
  })

  it.each(LOCALES)('[DRA-191] after the mediation no later writing is promised: %s', async (locale) => {
    const say = testTranslate(locale)
    const { world, told } = panel(AIGUL, { locale })
    await saved(locale)
    world.happen(mediationEnded, 'case', { ground: 'expired' }).happen(caseClosed, 'case', {})
    await told()
    screen.getByText(say('drafting.readOnly.over'))
    expect(screen.queryByText(say('drafting.ready.ask'))).toBeNull()
    expect(screen.queryByText(say('drafting.readOnly'))).toBeNull()
    expect(await writable(say('drafting.text'))).toBe(false)
  })
})

/** What every word about a closed or closing text begins with. */
const CLOSING = { en: 'the text is', ru: 'текст закры', kk: 'мәтін .*жабыл' } as const satisfies Record<Locale, string>

describe('a text that is being closed', () => {
  it.each(LOCALES)('[DRA-192] [UI-126] is for reading as soon as the log tells of it, and says why: %s', async (locale) => {
    const say = testTranslate(locale)
    const { world, told, lane } = panel(AIGUL, { locale })
    expect(await writable(say('drafting.text'))).toBe(true)
    world.happen(freezeRequested, 'all', { versionId: VERSION, revision: 1 })
    await told()
    screen.getByText(say('drafting.closing.title'))
    screen.getByText(say('drafting.closing.body'))
    expect(screen.queryByText(say('drafting.readOnly'))).toBeNull()
    expect(await writable(say('drafting.text'))).toBe(false)
    expect(screen.queryByRole('toolbar')).toBeNull()
    expect(screen.queryByRole('radio', { name: say('drafting.ready.yes') })).toBeNull()
    await act(async () => lane.send({ kind: 'closed', versionId: VERSION, revision: 1 }))
    await waitFor(() => expect(screen.queryByText(new RegExp(say('drafting.save.saved', { time: '' }).trim()))).toBeNull())
    // said once: it is being closed, and nothing beside it says that it is closed already
    expect(screen.queryAllByText(new RegExp(CLOSING[locale], 'i'))).toEqual([screen.getByText(say('drafting.closing.title'))])
  })

  it('[DRA-192] says what was not saved before it was closed', async () => {
    const lane = new Lane()
    panel(AIGUL, { lane })
    await saved()
    lane.hold = true
    await write('последние слова')
    await act(async () => lane.send({ kind: 'closed', versionId: VERSION, revision: 1 }))
    screen.getByText(t('drafting.save.closedUnsent'))
  })

  it('[DRA-192] tells why it was not closed, until its reader has put that away', async () => {
    const world = inSession().happen(freezeRequested, 'all', { versionId: VERSION, revision: 1 })
    const { told } = panel(AIGUL, { world, lane: laneWith([...closableBlocks(world), block('e', 'clause', 1)]) })
    world.happen(freezeCancelled, 'all', { versionId: VERSION, reason: 'empty-clause', details: { clause: '2.1' } }, 'system')
    await told()
    const notice = screen.getByText(t('drafting.cancelled.empty-clause', { clause: '2.1' }))
    expect(notice.textContent).toContain('2.1')
    fireEvent.click(button(t('ui.close')))
    expect(screen.queryByText(t('drafting.cancelled.title'))).toBeNull()
    world.happen(draftReopened, 'all', { versionId: VERSION }, 'system')
    await told()
    expect(await writable()).toBe(true)
  })
})

describe('saying "ready"', () => {
  it.each(LOCALES)('[DRA-193] [UI-103] names the very text that is shown, and is voided by a later edit: %s', async (locale) => {
    const say = testTranslate(locale)
    const { asked, lane, world, told } = panel(AIGUL, { locale })
    await othersWrite(lane, 'слова ')
    await saved(locale)
    screen.getByText(say('drafting.ready.ask'))
    // two answers of equal weight: nothing invites to one of them, and the arrow keys give none
    expect(answer(say('drafting.ready.no')).getAttribute('aria-checked')).toBe('true')
    answer(say('drafting.ready.no')).focus()
    fireEvent.keyDown(answer(say('drafting.ready.no')), { key: 'ArrowLeft' })
    expect(document.activeElement).toBe(answer(say('drafting.ready.yes')))
    expect(asked).toEqual([])
    fireEvent.click(answer(say('drafting.ready.yes')))
    await waitFor(() => expect(asked).toEqual([{ name: readyGive.name, input: { generation: 1, revision: 2 } }]))
    world.happen(readyGiven, directAudience(AIGUL), { revision: 2 }, AIGUL)
    await told()
    screen.getByText(say('drafting.ready.given'))
    expect(answer(say('drafting.ready.yes')).getAttribute('aria-checked')).toBe('true')
    await othersWrite(lane, 'другие ')
    await screen.findByText(say('drafting.ready.voided'))
    expect(canAnswer(say('drafting.ready.yes'))).toBe(true)
    expect(answer(say('drafting.ready.no')).getAttribute('aria-checked')).toBe('true')
  })

  it('[DRA-193] [UI-103] waits until one’s own words are saved', async () => {
    const { lane, asked } = panel(AIGUL)
    await saved()
    lane.hold = true
    await write('ещё не сохранено')
    expect(canAnswer(t('drafting.ready.yes'))).toBe(false)
    expect(answer(t('drafting.ready.yes')).closest('footer')?.textContent).toContain(t('drafting.ready.unsaved'))
    fireEvent.click(answer(t('drafting.ready.yes')))
    await act(async () => lane.release())
    await saved()
    expect(canAnswer(t('drafting.ready.yes'))).toBe(true)
    expect(asked).toEqual([])
  })

  it('[DRA-193] can be taken back, and a refusal is said there', async () => {
    const world = inSession().happen(readyGiven, directAudience(AIGUL), { revision: 1 }, AIGUL)
    const { asked } = panel(AIGUL, { world, answer: () => ({ ok: false, problem: { kind: 'conflict', reason: 'drafting/closed' } }) })
    await screen.findByText(t('drafting.ready.given'))
    fireEvent.click(answer(t('drafting.ready.no')))
    await screen.findByText(t('drafting.reason.closed'))
    expect(asked).toEqual([{ name: readyWithdraw.name, input: {} }])
    screen.getByText(t('drafting.ready.given'))
  })

  it('[DRA-193] shows nobody but the mediator who is ready', async () => {
    const world = inSession().happen(readyGiven, directAudience(PAVEL), { revision: 1 }, PAVEL)
    panel(AIGUL, { world })
    await saved()
    screen.getByText(t('drafting.ready.ask'))
    expect(document.body.textContent).not.toContain('ТОО «Дала Жем»')
    cleanup()
    panel(MED, { world })
    await saved()
    screen.getByText(t('drafting.mediator.ready', { sides: 'ТОО «Дала Жем»' }))
  })
})

describe('closing the text for signing', () => {
  it.each(LOCALES)('[DRA-194] names whom it waits for, and cannot be asked for until all are ready: %s', async (locale) => {
    const say = testTranslate(locale)
    const closable = inSession()
    const { world, told, asked, lane } = panel(MED, { locale, world: closable, lane: laneWith(closableBlocks(closable)) })
    await othersWrite(lane, 'слова ')
    await saved(locale)
    screen.getByText(say('drafting.mediator.nobody'))
    world.happen(readyGiven, directAudience(AIGUL), { revision: 2 }, AIGUL)
    await told()
    fireEvent.click(button(say('drafting.mediator.close')))
    const dialog = within(screen.getByRole('dialog'))
    dialog.getByText(say('drafting.close.waiting', { sides: 'ТОО «Дала Жем»' }))
    const confirm = dialog.getByRole<HTMLButtonElement>('button', { name: say('drafting.close.confirm') })
    expect(confirm.disabled).toBe(true)
    world.happen(readyGiven, directAudience(PAVEL), { revision: 2 }, PAVEL)
    await told()
    fireEvent.click(confirm)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(asked).toMatchObject([{ name: freezeRequest.name, input: { revision: 2 } }])
  })

  it('[DRA-320] closing is the filled step once every side is ready, and not before', async () => {
    const closable = inSession()
    const { world, told, lane } = panel(MED, { world: closable, lane: laneWith(closableBlocks(closable)) })
    await othersWrite(lane, 'слова ')
    await saved()
    const kinds: (string | undefined)[] = [button(t('drafting.mediator.close')).dataset.kind]
    for (const person of [AIGUL, PAVEL]) {
      world.happen(readyGiven, directAudience(person), { revision: 2 }, person)
      await told()
      kinds.push(button(t('drafting.mediator.close')).dataset.kind)
    }
    expect(kinds).toEqual(['plain', 'plain', 'primary'])
    await othersWrite(lane, 'ещё ')
    await waitFor(() => expect(button(t('drafting.mediator.close')).dataset.kind).toBe('plain'))
  })

  it('[DRA-194] a refusal is said in the dialog, once, and it stays', async () => {
    const world = inSession()
    for (const person of [AIGUL, PAVEL]) world.happen(readyGiven, directAudience(person), { revision: 1 }, person)
    const lane = laneWith(closableBlocks(world))
    panel(MED, { world, lane, answer: () => ({ ok: false, problem: { kind: 'conflict', reason: 'drafting/text-moved-on' } }) })
    await saved()
    fireEvent.click(button(t('drafting.mediator.close')))
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: t('drafting.close.confirm') }))
    await screen.findByText(t('drafting.reason.text-moved-on'))
    screen.getByRole('dialog')
  })
})

describe('the draft on a phone', () => {
  it.each(LOCALES)(
    '[DRA-195] opens for reading, so that a scrolling finger writes nothing; "edit" makes room for writing: %s',
    async (locale) => {
      screenIs('phone')
      const say = testTranslate(locale)
      panel(AIGUL, { locale })
      await saved(locale)
      expect(await writable(say('drafting.text'))).toBe(false)
      expect(screen.queryByRole('toolbar')).toBeNull()
      answer(say('drafting.ready.yes'))
      fireEvent.click(button(say('drafting.edit')))
      expect(await writable(say('drafting.text'))).toBe(true)
      screen.getByRole('toolbar', { name: say('drafting.tools.label') })
      expect(screen.queryByRole('radio', { name: say('drafting.ready.yes') })).toBeNull()
      fireEvent.click(button(say('drafting.done')))
      expect(await writable(say('drafting.text'))).toBe(false)
      answer(say('drafting.ready.yes'))
    },
  )

  it('[DRA-195] offers no editing where there is none', async () => {
    screenIs('phone')
    const { world, told } = panel(AIGUL)
    await saved()
    fireEvent.click(button(t('drafting.edit')))
    world.happen(freezeRequested, 'all', { versionId: VERSION, revision: 1 })
    await told()
    expect(screen.queryByRole('button', { name: t('drafting.edit') })).toBeNull()
    expect(screen.queryByRole('button', { name: t('drafting.done') })).toBeNull()
    expect(await writable()).toBe(false)
  })

  it('[DRA-195] where there is room, the text can be written at once', async () => {
    panel(PAVEL)
    expect(await writable()).toBe(true)
    screen.getByRole('toolbar')
    expect(screen.queryByRole('button', { name: t('drafting.edit') })).toBeNull()
  })
})
