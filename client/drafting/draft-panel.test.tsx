// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { AIGUL, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { block, type Run } from '#shared/document/document-block.ts'
import type { Mark } from '#shared/document/document-grammar.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { DraftPanel } from './DraftPanel.tsx'
import { PlainText } from './PlainText.tsx'
import { HOSTILE } from './testing/hostile-updates.ts'
import { type Lane, wordsOf } from './testing/lane.ts'
import { editorIn, renderDraft, screenIs } from './testing/shown-draft.tsx'

const t = testTranslate('en')
beforeAll(() => {
  Range.prototype.getClientRects ??= () => [] as never
})
beforeEach(() => {
  screenIs('wide')
  vi.spyOn(console, 'error').mockImplementation(() => undefined) // React tells of every caught error
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function panel(person = AIGUL) {
  const world = smallCase().enter(AIGUL).enter(PAVEL).join(AIGUL, 'all').join(PAVEL, 'all').happen(sessionStarted, 'case', {})
  return renderDraft(
    <>
      <p>the talk</p>
      <DraftPanel />
    </>,
    { world, person },
  )
}

const field = () => screen.findByRole('textbox', { name: t('drafting.text') })
function others(lane: Lane, update: Uint8Array): void {
  lane.updates.push(update)
  lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] })
}
/** Types as somebody at another device. */
function said(lane: Lane, words: string): void {
  const doc = lane.doc
  const before = Y.encodeStateVector(doc)
  wordsOf(doc).insert(0, words)
  others(lane, Y.encodeStateAsUpdate(doc, before))
}

describe('the draft’s panel', () => {
  it.each(Object.keys(HOSTILE))('[DRA-90] reads what can be read, says so, and can be opened again: %s', async (name) => {
    const { lane } = panel()
    expect((await field()).getAttribute('contenteditable')).toBe('true')
    said(lane, 'Долг 1 840 000 ₸. ')
    others(lane, HOSTILE[name] ?? new Uint8Array())
    await screen.findByText(t('drafting.aside.foreign'))
    expect(screen.queryByRole('textbox')).toBeNull()
    screen.getByText(/1 840 000/)
    screen.getByText(t('drafting.save.aside'))
    screen.getByText('the talk')
    expect(screen.queryByRole('radio', { name: t('drafting.ready.yes') })).toBeNull()
    said(lane, 'И ещё. ')
    await screen.findByText(/И ещё/)
    expect(lane.frames).toEqual([])

    lane.updates.pop()
    lane.updates.splice(1, 1)
    fireEvent.click(screen.getByRole('button', { name: t('drafting.aside.again') }))
    expect((await field()).textContent).toContain('1 840 000')
    expect(screen.queryByText(t('drafting.aside.foreign'))).toBeNull()
  })

  it('[DRA-91] the mediator cannot close a text that is set aside', async () => {
    const { lane } = panel(MED)
    await screen.findByRole('button', { name: t('drafting.mediator.close') })
    others(lane, HOSTILE['an element as an attribute'] ?? new Uint8Array())
    await screen.findByText(t('drafting.aside.foreign'))
    expect(screen.queryByRole('button', { name: t('drafting.mediator.close') })).toBeNull()
  })

  it('[DRA-94] an error while the text is drawn ends in the panel: the text for reading, unsent words for copying, opened again', async () => {
    const { lane } = panel()
    await field()
    lane.hold = true
    editorIn(await field()).commands.insertContent('мои слова')
    // the binding calls every plugin's view; one that throws is an error in an observer
    const editor = editorIn(await field())
    editor.view.updateState = () => {
      throw new Error('broken')
    }
    said(lane, 'слова другого ')
    await screen.findByText(t('drafting.aside.fault'))
    screen.getByText(/слова другого/)
    screen.getByText(t('drafting.kept.title'))
    screen.getByText('мои слова', { selector: 'blockquote' })
    screen.getByText('the talk')
    lane.release()
    fireEvent.click(screen.getByRole('button', { name: t('drafting.aside.again') }))
    await field()
    expect(screen.queryByText(t('drafting.aside.fault'))).toBeNull()
  })

  it('[DRA-94] an error while the editor is made ends in the panel too', async () => {
    const listening = vi.spyOn(Y.XmlFragment.prototype, 'observeDeep').mockImplementation(() => {
      throw new Error('the binding cannot listen')
    })
    const { lane } = panel()
    await screen.findByText(t('drafting.aside.fault'))
    said(lane, 'слова другого')
    await screen.findByText(/слова другого/)
    listening.mockRestore()
    fireEvent.click(screen.getByRole('button', { name: t('drafting.aside.again') }))
    expect((await field()).textContent).toContain('слова другого')
  })

  it('[DRA-95] an error in the event loop puts the editor away when it no longer shows the text, and only then', async () => {
    const { lane, timePasses } = panel()
    said(lane, 'общий текст')
    const editor = editorIn(await field())
    window.dispatchEvent(new ErrorEvent('error', { error: new Error('of something else') }))
    await timePasses(1_000)
    expect(editor.isDestroyed).toBe(false)

    // its own text moves on without the shared one: what a throwing plugin leaves behind
    const { state, view } = editor
    const moved = state.apply(state.tr.insertText('только здесь ', 1).setMeta('addToHistory', false))
    Object.defineProperty(view, 'state', { value: moved, configurable: true })
    window.dispatchEvent(new ErrorEvent('error', { error: new Error('of a plugin') }))
    await timePasses(1_000)
    await screen.findByText(t('drafting.aside.fault'))
    await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull())
    expect(lane.frames).toEqual([])
  })

  it('[DRA-97] a paste that is too large says why, keeps the words, and leaves the text and the connection as they are', async () => {
    const { lane } = panel()
    said(lane, 'общий текст')
    const editor = editorIn(await field())
    editor.commands.insertContent('Сторона обязуется. '.repeat(9_000))
    await screen.findByText(t('drafting.reason.edit-too-large'))
    screen.getByText(t('drafting.kept.title'))
    expect(editor.getText()).toBe('общий текст')
    expect(lane.frames).toEqual([])
    fireEvent.click(screen.getAllByRole('button', { name: t('ui.close') })[0] as HTMLElement) // the refusal's own
    await waitFor(() => expect(screen.queryByText(t('drafting.reason.edit-too-large'))).toBeNull())
  })
})

it('[DRA-308] whoever brings a picture reads that the text takes none', async () => {
  const { lane } = panel()
  said(lane, 'общий текст')
  const editor = editorIn(await field())
  const clipboardData = { types: ['Files'], getData: () => '' }
  act(() => void editor.view.dom.dispatchEvent(Object.assign(new Event('paste', { cancelable: true }), { clipboardData })))
  await screen.findByText(t('drafting.reason.words-alone'))
  expect(editor.getText()).toBe('общий текст')
})

const words = (text: string, ...marks: Mark[]): Run => ({ text, marks })

describe('the text for reading', () => {
  it('[DRA-90] is drawn with headings, clauses, points, lines and marks, in every language', async () => {
    const money = { ...block('c', 'clause', 1), runs: [words('Долг '), words('1 840', 'bold', 'italic'), words('\nтенге')] }
    renderWithTexts(
      <PlainText
        blocks={[
          block('a', 'heading', 1, 'Соглашение'),
          money,
          block('d', 'paragraph', 0, ' и ещё', { continues: 'c' }),
          block('e', 'item', 1, 'точка'),
          block('f', 'clause', 2),
        ]}
      />,
    )
    screen.getByRole('heading', { level: 1, name: 'Соглашение' })
    expect(screen.getByText('1 840').closest('strong')?.outerHTML).toBe('<strong><em>1 840</em></strong>')
    const lines = [...document.querySelectorAll<HTMLElement>('[data-line]')]
    expect(lines.map(({ dataset, textContent }) => [dataset.line, dataset.level, dataset.number, textContent])).toEqual([
      ['heading', '1', undefined, 'Соглашение'],
      ['clause', '1', '1.', 'Долг 1 840\nтенге и ещё'],
      ['item', '1', undefined, 'точка'],
      ['clause', '2', '1.1.', ''],
    ])
    cleanup()
    for (const locale of LOCALES) {
      const said = testTranslate(locale)
      for (const id of ['drafting.aside.foreign', 'drafting.aside.fault', 'drafting.aside.again'] as const) expect(said(id)).not.toBe(id)
    }
  })
})
