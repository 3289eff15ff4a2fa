// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { AIGUL, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { personCorrected } from '#shared/cases/people-protocol.ts'
import { block, type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
// fetched before it is asked for, so that no test waits for the loading
import '#shared/drafting/closing/closing-faults.ts'
import { freezeCancelled, freezeRequest, freezeRequested, readyGiven } from '#shared/drafting/drafting-protocol.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { DraftPanel } from '../DraftPanel.tsx'
import { NotePanel } from '../NotePanel.tsx'
import { closableBlocks, laneWith } from '../testing/closable-text.ts'
import { type Lane, VERSION } from '../testing/lane.ts'
import { editorIn, renderDraft, screenIs } from '../testing/shown-draft.tsx'

const t = testTranslate('en')

beforeAll(() => {
  addDialog()
  Range.prototype.getClientRects ??= () => [] as never
  Range.prototype.getBoundingClientRect ??= () => new DOMRect()
})
beforeEach(() => {
  screenIs('wide')
  localStorage.clear()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const inSession = () => smallCase().enter(AIGUL).enter(PAVEL).join(AIGUL, 'all').join(PAVEL, 'all').happen(sessionStarted, 'case', {})
const changed = (blocks: readonly DocumentBlock[], was: string, is: string) =>
  blocks.map((each) => (wordsOf(each).includes(was) ? { ...each, runs: [{ text: wordsOf(each).replace(was, is), marks: [] }] } : each))

interface Shown {
  readonly person?: typeof MED
  readonly locale?: Locale
  readonly world?: SmallCase
  readonly change?: (blocks: readonly DocumentBlock[]) => readonly DocumentBlock[]
}
async function panel({ person = MED, locale = 'en', world = inSession(), change = (blocks) => blocks }: Shown = {}) {
  const lane = laneWith(change(closableBlocks(world)))
  const shown = renderDraft(<DraftPanel />, { world, person, lane, locale })
  const field = await screen.findByRole('textbox', { name: testTranslate(locale)('drafting.text') })
  return { ...shown, world, lane, editor: editorIn(field), texts: () => texts(lane) }
}
const texts = ({ doc }: Lane) => blockElements(fragmentOf(doc, 'ru')).map((each) => textOf(each)?.toString() ?? '')
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })
const press = (name: string | RegExp) => act(async () => fireEvent.click(button(name)))
const count = (places: number, say = t) => screen.findByText(say('drafting.faults.count', { places }))
const LOOK_AGAIN = 1_000

/** Somebody at another device writes into the block with these words. */
function othersWrite(lane: Lane, into: string, words: string): Promise<void> {
  const { doc } = lane
  const before = Y.encodeStateVector(doc)
  const found = blockElements(fragmentOf(doc, 'ru')).find((each) => textOf(each)?.toString() === into)
  if (!found) throw new Error('no such block')
  textOf(found)?.insert(0, words)
  const update = Y.encodeStateAsUpdate(doc, before)
  lane.updates.push(update)
  return act(async () => lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] }))
}

describe('what to look at before closing', () => {
  it.each(LOCALES)('[DRA-265] is counted beside the text for everybody, and listed when asked: %s', async (locale) => {
    const say = testTranslate(locale)
    for (const person of [MED, PAVEL]) {
      await panel({ person, locale, change: (blocks) => [...changed(blocks, 'Береке', 'Берекe'), block('empty', 'clause', 1)] })
      await count(3, say)
      expect(screen.queryByText(say('drafting.fault.mixed-word', { found: 'Берекe' }))).toBeNull()
      await press(say('drafting.faults.count', { places: 3 }))
      screen.getByText(say('drafting.fault.mixed-word', { found: 'Берекe' }))
      screen.getByText(say('drafting.fault.empty-clause', { found: '7.' }))
      screen.getByText(say('drafting.fault.missing-name', { found: 'КХ «Береке»' }))
      expect(button(say('drafting.faults.count', { places: 3 })).getAttribute('aria-expanded')).toBe('true')
      cleanup()
    }
  })

  it('[DRA-265] says that there is nothing when there is nothing, and takes it back when that is no longer true', async () => {
    const { lane, timePasses } = await panel()
    await screen.findByText(t('drafting.faults.none'))
    await othersWrite(lane, 'Стороны', 'Cтaрые ')
    expect(screen.queryByText(t('drafting.faults.none'))).not.toBeNull()
    await timePasses(LOOK_AGAIN)
    expect(screen.queryByText(t('drafting.faults.none'))).toBeNull()
    await count(1)
  })

  it('[DRA-265] typing looks at nothing until it pauses', async () => {
    const { editor, timePasses } = await panel()
    await screen.findByText(t('drafting.faults.none'))
    for (const letter of 'Дaла') {
      act(() => void editor.commands.insertContent(letter))
      await timePasses(300)
    }
    screen.getByText(t('drafting.faults.none'))
    await timePasses(LOOK_AGAIN)
    await count(1)
  })

  it('[DRA-265] a name that is corrected in the case is missed at once', async () => {
    const { world, told } = await panel()
    await screen.findByText(t('drafting.faults.none'))
    world.happen(personCorrected, 'case', { participantId: MED, name: 'Ерлан Омарұлы', language: 'kk' })
    await told()
    await count(1)
  })

  it('[DRA-266] an entry goes to its place, marks it until somebody writes, and leaves the list', async () => {
    const { editor } = await panel({ change: (blocks) => changed(blocks, 'Уплатить', 'Уплaтить') })
    await press(await countName(1))
    await press(/Уплaтить/)
    const { from, to } = editor.state.selection
    expect(editor.state.doc.textBetween(from, to)).toBe('Уплaтить')
    expect(document.querySelectorAll('.draft-fault')).toHaveLength(1)
    expect(document.activeElement).toBe(editor.view.dom)
    expect(button(t('drafting.faults.count', { places: 1 })).getAttribute('aria-expanded')).toBe('false')
    act(() => void editor.commands.insertContent('П'))
    expect(document.querySelectorAll('.draft-fault')).toHaveLength(0)
  })

  it('[DRA-267] a mixed word is exchanged in all its places by one press, and brought back by another', async () => {
    const { editor, timePasses } = await panel({ change: (blocks) => changed(blocks, 'Уплатить', 'Уплaтить') })
    const before = editor.getText()
    await press(await countName(1))
    await press(t('drafting.faults.cyrillic', { word: 'Уплатить' }))
    expect(editor.getText()).not.toContain('Уплaтить')
    expect(editor.getText().match(/Уплатить/g)).toHaveLength(4)
    await timePasses(LOOK_AGAIN)
    screen.getByText(t('drafting.faults.none'))
    const offered = within(screen.getByRole('region', { name: t('drafting.faults.title') }))
    await act(async () => fireEvent.click(offered.getByRole('button', { name: t('drafting.tools.undo') })))
    expect(editor.getText()).toBe(before)
  })

  it('[DRA-267] left as it is, it is asked no more beside the text, and comes marked into the dialog', async () => {
    const world = inSession()
    for (const person of [AIGUL, PAVEL]) world.happen(readyGiven, directAudience(person), { revision: 1 }, person)
    const { asked } = await panel({ world, change: (blocks) => changed(blocks, 'Уплатить', 'Уплaтить') })
    await press(await countName(1))
    await press(t('drafting.faults.leave'))
    screen.getByText(t('drafting.faults.none'))
    await press(t('drafting.mediator.close'))
    expect(within(screen.getByRole('dialog')).getByRole<HTMLInputElement>('checkbox').checked).toBe(true)
    await press(t('drafting.close.confirm'))
    expect(asked).toMatchObject([{ name: freezeRequest.name, input: { confirmed: [{ kind: 'mixed-word', found: 'Уплaтить' }] } }])
  })

  it('[DRA-268] the day of closing takes the place of another by one press', async () => {
    const { editor, timePasses } = await panel({ change: (blocks) => changed(blocks, '21 сентября 2026', '20 сентября 2026') })
    await press(await countName(1))
    await press(t('drafting.faults.day', { day: '21 сентября 2026 года' }))
    expect(editor.getText()).toContain('Петропавловск, 21 сентября 2026 года')
    await timePasses(LOOK_AGAIN)
    screen.getByText(t('drafting.faults.none'))
  })

  it('[DRA-268] a day and a heading that are missing are put where they belong', async () => {
    const { editor, timePasses } = await panel({
      change: (blocks) =>
        changed(blocks, ', 21 сентября 2026 года', '').filter(
          (each) => each.part !== 'subject' && wordsOf(each) !== 'Предмет спора (конфликта)',
        ),
    })
    await press(await countName(2))
    await press(t('drafting.faults.day', { day: '21 сентября 2026 года' }))
    await press(t('drafting.faults.heading'))
    const lines = editor.getText({ blockSeparator: '\n' }).split('\n')
    expect(lines).toContain('Петропавловск, 21 сентября 2026 года')
    expect(lines[lines.indexOf('Предмет спора (конфликта)') + 2]).toBe('Обязательства, о которых договорились стороны')
    await timePasses(LOOK_AGAIN)
    await count(2) // the room beneath it is still empty
  })

  it('[DRA-269] the dialog names all that has to be mended, and closes nothing; an entry leads into the text', async () => {
    const world = inSession()
    for (const person of [AIGUL, PAVEL]) world.happen(readyGiven, directAudience(person), { revision: 1 }, person)
    const { editor } = await panel({ world, change: (blocks) => [...blocks, block('one', 'clause', 1), block('two', 'clause', 1)] })
    await press(t('drafting.mediator.close'))
    const dialog = within(screen.getByRole('dialog'))
    dialog.getByText(t('drafting.close.mend', { places: 2 }))
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: t('drafting.close.confirm') }).disabled).toBe(true)
    fireEvent.click(dialog.getByText(t('drafting.fault.empty-clause', { found: '8.' })))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(editor.state.selection.$from.parent.attrs.id).toBe('two')
  })

  it('[DRA-269] what may stay is confirmed one by one before the text is closed', async () => {
    const world = inSession()
    for (const person of [AIGUL, PAVEL]) world.happen(readyGiven, directAudience(person), { revision: 1 }, person)
    const { asked } = await panel({
      world,
      change: (blocks) => [...changed(blocks, 'Уплатить', 'Уплaтить'), block('h', 'heading', 2, 'Прочее')],
    })
    await press(t('drafting.mediator.close'))
    const dialog = within(screen.getByRole('dialog'))
    const confirm = dialog.getByRole<HTMLButtonElement>('button', { name: t('drafting.close.confirm') })
    for (const box of dialog.getAllByRole('checkbox')) {
      expect(confirm.disabled).toBe(true)
      fireEvent.click(box)
    }
    expect(confirm.disabled).toBe(false)
    await press(t('drafting.close.confirm'))
    expect(asked).toHaveLength(1)
  })

  it('[DRA-270] why a closing was cancelled is said until it is mended', async () => {
    const world = inSession().happen(freezeRequested, 'all', { versionId: VERSION, revision: 1 })
    const { told, editor, timePasses } = await panel({ world, person: AIGUL, change: (blocks) => [...blocks, block('e', 'clause', 1)] })
    world.happen(freezeCancelled, 'all', { versionId: VERSION, reason: 'empty-clause', details: { clause: '7' } }, 'system')
    await told()
    screen.getByText(t('drafting.cancelled.empty-clause', { clause: '7' }))
    act(
      () =>
        void editor
          .chain()
          .setTextSelection(editor.state.doc.content.size - 1)
          .insertContent('Дальше.')
          .run(),
    )
    await timePasses(LOOK_AGAIN)
    expect(screen.queryByText(t('drafting.cancelled.title'))).toBeNull()
  })

  it('[DRA-265] on a phone it stands under the text for reading, and leaves the room to the text while one writes', async () => {
    screenIs('phone')
    await panel({ change: (blocks) => [...blocks, block('e', 'clause', 1)] })
    await count(1)
    await press(t('drafting.edit'))
    expect(screen.queryByText(t('drafting.faults.count', { places: 1 }))).toBeNull()
  })

  it('[DRA-265] a mediator’s own notes are not asked about', async () => {
    renderDraft(<NotePanel where="all" />, { world: inSession(), person: MED })
    fireEvent.click(screen.getByRole('button', { name: t('drafting.note.show') }))
    await screen.findByRole('textbox')
    expect(screen.queryByRole('region', { name: t('drafting.faults.title') })).toBeNull()
  })
})

async function countName(places: number): Promise<string> {
  await count(places)
  return t('drafting.faults.count', { places })
}
