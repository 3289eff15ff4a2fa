// @vitest-environment jsdom

import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { AIGUL, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { mediationEnded } from '#shared/cases/case-protocol.ts'
import { noteOf } from '#shared/document/case-documents.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { NotePanel } from './NotePanel.tsx'
import { Lane } from './testing/lane.ts'
import { editorIn, renderDraft } from './testing/shown-draft.tsx'

beforeAll(() => {
  Range.prototype.getClientRects ??= () => [] as never
})
afterEach(cleanup)

function panel({ ended = false, locale = 'en' }: { ended?: boolean; locale?: Locale } = {}) {
  const lane = new Lane(noteOf(MED))
  const before = smallCase().enter(AIGUL).enter(PAVEL)
  const world = ended ? before.happen(mediationEnded, 'case', { reason: 'agreement' } as never) : before
  return renderDraft(<NotePanel />, { world, person: MED, lane, locale })
}

it('[DRA-89] the note is written without a session, goes out as the note and as nothing else, and says when it is saved', async () => {
  const t = testTranslate('en')
  const { lane, client } = panel()
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
  const field = await screen.findByRole('textbox', { name: t('drafting.note.field') })
  expect(field.getAttribute('contenteditable')).toBe('false')
  screen.getByText(t('drafting.note.readOnly'))
})

it('[DRA-191] promises no writing without a connection once it is only for reading', async () => {
  const t = testTranslate('en')
  const { lane } = panel({ ended: true })
  await screen.findByRole('textbox', { name: t('drafting.note.field') })
  await act(async () => lane.become({ kind: 'connecting' }))
  screen.getByText(t('drafting.save.offlineReading'))
  expect(screen.queryByText(t('drafting.save.offline'))).toBeNull()
})
