// @vitest-environment jsdom

import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { AIGUL, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { mediationEnded } from '#shared/cases/case-protocol.ts'
import { noteOf } from '#shared/document/case-documents.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { NotePanel } from './NotePanel.tsx'
import { Lane } from './testing/lane.ts'
import { editorIn, renderDraft } from './testing/shown-draft.tsx'

beforeAll(() => {
  addDialog()
  Range.prototype.getClientRects ??= () => [] as never
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const show = (locale: Locale = 'en') => fireEvent.click(screen.getByRole('button', { name: testTranslate(locale)('drafting.note.show') }))

function panel({ ended = false, locale = 'en' }: { ended?: boolean; locale?: Locale } = {}) {
  const lane = new Lane(noteOf(MED))
  const before = smallCase().enter(AIGUL).enter(PAVEL)
  const world = ended ? before.happen(mediationEnded, 'case', { reason: 'agreement' } as never) : before
  return renderDraft(<NotePanel where="board" />, { world, person: MED, lane, locale })
}

it('[DRA-89] the note is written without a session, goes out as the note and as nothing else, and says when it is saved', async () => {
  const t = testTranslate('en')
  const { lane, client } = panel()
  show()
  const field = await screen.findByRole('textbox', { name: t('drafting.note.field') })
  expect(field.getAttribute('contenteditable')).toBe('true')
  screen.getByText(t('drafting.note.only-you'), { exact: false })
  editorIn(field).commands.insertContent('Спросить о сроке')
  await waitFor(() => expect(lane.text).toBe('Спросить о сроке'))
  expect(new Set(lane.named)).toEqual(new Set([noteOf(MED).id]))
  expect(lane.joins.map(({ documentId }) => documentId)).toEqual([noteOf(MED).id])
  await screen.findByText(/Saved/)
  expect(screen.queryByRole('button', { name: t('drafting.ready.yes') })).toBeNull()
  expect(screen.queryByRole('button', { name: t('drafting.mediator.close') })).toBeNull()
  cleanup()
  expect(lane.told).toEqual([]) // it stays open with the case
  client.close()
  expect(lane.told.at(-1)).toEqual([DRAFT_WIRE.leave, { documentId: noteOf(MED).id }])
})

it.each(LOCALES)('[DRA-89] says in %s that nobody else sees it', async (locale) => {
  const t = testTranslate(locale)
  panel({ locale })
  await screen.findByText(t('drafting.note.only-you'), { exact: false })
  await screen.findByText(t('drafting.note.only-you.more'), { exact: false })
})

it('[DRA-89] is for reading once the mediation has ended', async () => {
  const t = testTranslate('en')
  panel({ ended: true })
  show()
  const field = await screen.findByRole('textbox', { name: t('drafting.note.field') })
  expect(field.getAttribute('contenteditable')).toBe('false')
  screen.getByText(t('drafting.note.readOnly'))
})

it('[DRA-191] promises no writing without a connection once it is only for reading', async () => {
  const t = testTranslate('en')
  const { lane } = panel({ ended: true })
  show()
  await screen.findByRole('textbox', { name: t('drafting.note.field') })
  await act(async () => lane.become({ kind: 'connecting' }))
  screen.getByText(t('drafting.save.offlineReading'))
  expect(screen.queryByText(t('drafting.save.offline'))).toBeNull()
})

it.each(LOCALES)('[DRA-381] opens hidden, says in %s why, and has no word of it on the page before it is asked for', async (locale) => {
  const t = testTranslate(locale)
  const { lane } = panel({ locale })
  show(locale)
  editorIn(await screen.findByRole('textbox')).commands.insertContent('Уступят до мая')
  await waitFor(() => expect(lane.text).toBe('Уступят до мая'))
  fireEvent.click(screen.getByRole('button', { name: t('drafting.note.hide') }))
  expect(document.body.textContent).not.toContain('Уступят')
  screen.getByText(t('drafting.note.hidden.words'))
  show(locale)
  await screen.findByText('Уступят до мая')
})

function Walk() {
  const [where, go] = useState('board')
  return (
    <>
      {['all', 'board'].map((to) => (
        <button key={to} type="button" onClick={() => go(to)}>
          to {to}
        </button>
      ))}
      <NotePanel where={where} />
    </>
  )
}

it('[DRA-381] is hidden again with the room it was shown in, and when the page is left; coming back does not show it', async () => {
  const t = testTranslate('en')
  const world = smallCase().enter(AIGUL)
  renderDraft(<Walk />, { world, person: MED, lane: new Lane(noteOf(MED)) })
  const hidden = () => screen.queryByText(t('drafting.note.hidden')) !== null
  expect(hidden()).toBe(true)
  show()
  expect(hidden()).toBe(false)
  fireEvent.click(screen.getByText('to all'))
  expect(hidden()).toBe(true)
  fireEvent.click(screen.getByText('to board'))
  expect(hidden()).toBe(true)
  show()
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  await act(async () => void document.dispatchEvent(new Event('visibilitychange')))
  visibility.mockRestore()
  expect(hidden()).toBe(true)
})

it('[DRA-382] shows tags as they are typed, and only the paragraphs of the one that is pressed', async () => {
  const t = testTranslate('en')
  panel()
  show()
  const editor = editorIn(await screen.findByRole('textbox'))
  screen.getByText(t('drafting.note.tags.hint'))
  editor.commands.insertContent('#мәселе мерзім')
  editor.commands.splitBlock()
  editor.commands.insertContent('#offer 460 000 @Береке')
  fireEvent.click(await screen.findByRole('button', { name: `${t('drafting.note.tag.offer')} 1` }))
  expect(screen.queryByRole('textbox')).toBeNull()
  screen.getByText('#offer 460 000 @Береке')
  expect(screen.queryByText('#мәселе мерзім')).toBeNull()
  screen.getByRole('button', { name: /^@.*Береке.* 1$/ })
  fireEvent.click(screen.getByRole('button', { name: t('drafting.note.whole') }))
  await screen.findByRole('textbox')
})

it('[DRA-383] leaves as a plain file only once it was said that it leaves; the file says so itself, and its name names nobody', async () => {
  const t = testTranslate('en')
  const files: Blob[] = []
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${files.push(blob)}` }))
  const names: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download)
  })
  const { lane } = panel()
  show()
  editorIn(await screen.findByRole('textbox')).commands.insertContent('Уступят до мая')
  await waitFor(() => expect(lane.text).toBe('Уступят до мая'))
  fireEvent.click(screen.getByRole('button', { name: t('drafting.note.download') }))
  screen.getByText(t('drafting.note.download.words'))
  expect(files).toEqual([])
  fireEvent.click(screen.getByRole('button', { name: t('drafting.note.download.do') }))
  await waitFor(() => expect(files).toHaveLength(1))
  const text = (await files[0]?.text()) ?? ''
  expect(text).toContain('Уступят до мая')
  expect(text).toContain(t('drafting.note.file.left'))
  expect(names).toEqual(['notes.txt'])
})
