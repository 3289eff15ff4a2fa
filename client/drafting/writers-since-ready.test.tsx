// @vitest-environment jsdom
// Who changed the text since one's own "ready", by name on the screen.
import { act, cleanup, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { AIGUL, DALA, MARIA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionStarted, sideLeft } from '#shared/cases/case-protocol.ts'
import { freezeCancelled, freezeRequested, readyGiven } from '#shared/drafting/drafting-protocol.ts'
import { restorationRequested, textRestored } from '#shared/drafting/restoring-protocol.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type RestorationId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { DraftPanel } from './DraftPanel.tsx'
import { Lane, VERSION, wordsOf } from './testing/lane.ts'
import { renderDraft, screenIs } from './testing/shown-draft.tsx'

beforeAll(addDialog)
beforeEach(() => screenIs('wide'))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const RESTORATION = asId<RestorationId>('restoration')
const inSession = () =>
  smallCase().enter(AIGUL).enter(PAVEL).enter(MARIA).join(AIGUL, 'all').join(PAVEL, 'all').happen(sessionStarted, 'case', {})

function writes(lane: Lane, words: string): Promise<void> {
  const { doc } = lane
  const before = Y.encodeStateVector(doc)
  wordsOf(doc).insert(0, words)
  const update = Y.encodeStateAsUpdate(doc, before)
  lane.updates.push(update)
  return act(async () => lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] }))
}

/** Aigul was ready for the first text; these have written since. */
async function changedBy(writers: readonly ParticipantId[], locale: 'kk' | 'ru' | 'en' = 'en', world = inSession()) {
  const lane = new Lane()
  lane.writers = writers
  world.happen(readyGiven, directAudience(AIGUL), { revision: 1 }, AIGUL)
  const shown = renderDraft(<DraftPanel />, { world, person: AIGUL, lane, locale })
  await screen.findByText(testTranslate(locale)('drafting.ready.given'))
  await writes(lane, 'иначе ')
  await shown.timePasses(1)
  return { ...shown, world, lane }
}
const bar = () => document.getElementById('draft-ready-words')?.textContent

describe('the words beside "ready" after a change', () => {
  it.each(LOCALES)('[DRA-330] name one, two, or two and how many more: %s', async (locale) => {
    const t = testTranslate(locale)
    const by = (names: string) => t('drafting.ready.voided.by', { names })
    const maria = t('drafting.writers.for', { name: 'Мария Жук', side: 'ТОО «Дала Жем»' })
    await changedBy([PAVEL], locale)
    expect(bar()).toBe(by('Павел Ким'))
    cleanup()
    await changedBy([PAVEL, MED], locale)
    expect(bar()).toBe(by(t('i18n.and', { first: 'Ерлан Омаров', last: 'Павел Ким' })))
    cleanup()
    await changedBy([MARIA], locale)
    expect(bar()).toBe(by(maria))
    cleanup()
    await changedBy([MARIA, PAVEL, MED, AIGUL], locale)
    expect(bar()).toBe(by(t('drafting.writers.more', { names: `${t('drafting.writers.you')}, Ерлан Омаров`, more: 2 })))
  })

  it('[DRA-330] somebody who has left keeps their name; where nobody is known there is none', async () => {
    const t = testTranslate('en')
    await changedBy([PAVEL], 'en', inSession().happen(sideLeft, 'case', { sideId: DALA }, PAVEL))
    expect(bar()).toContain('Павел Ким')
    cleanup()
    await changedBy([])
    expect(bar()).toBe(t('drafting.ready.voided'))
  })

  it('[DRA-330] whoever had an earlier text brought back is among them, and nobody who did so before', async () => {
    const restored = (revision: number) => (world: ReturnType<typeof inSession>) =>
      world
        .happen(restorationRequested, 'all', { way: 'bring-back', restorationId: RESTORATION, revision: 1 }, MED)
        .happen(textRestored, 'all', { restorationId: RESTORATION, revision }, 'system')
    await changedBy([], 'en', restored(1)(inSession()))
    expect(bar()).toBe(testTranslate('en')('drafting.ready.voided'))
    cleanup()
    await changedBy([], 'en', restored(2)(inSession()))
    expect(bar()).toContain('Ерлан Омаров')
  })

  it('[DRA-330] asks once before anything, and then no more often than every few seconds; another answer begins again', async () => {
    const { lane, timePasses, world, told } = await changedBy([PAVEL])
    expect(lane.timesAskedForWriters).toBe(1)
    lane.writers = [PAVEL, MED]
    for (const words of ['а', 'б', 'в']) await writes(lane, words)
    await timePasses(3_000)
    expect(lane.timesAskedForWriters).toBe(1)
    await writes(lane, 'г')
    await timePasses(1_000)
    expect(lane.timesAskedForWriters).toBe(2)
    expect(bar()).toContain('Ерлан Омаров')
    world.happen(readyGiven, directAudience(AIGUL), { revision: lane.updates.length + 1 }, AIGUL)
    await told()
    expect(bar()).toBe(testTranslate('en')('drafting.ready.given'))
    await writes(lane, 'д')
    expect(bar()).toBe(testTranslate('en')('drafting.ready.voided'))
  })

  it('[DRA-330] says nothing of a change before the text is there', async () => {
    const lane = new Lane()
    lane.hold = true
    const world = inSession().happen(readyGiven, directAudience(AIGUL), { revision: 1 }, AIGUL)
    renderDraft(<DraftPanel />, { world, person: AIGUL, lane })
    expect(bar()).not.toContain(testTranslate('en')('drafting.ready.voided'))
    await act(async () => lane.release())
    await screen.findByText(testTranslate('en')('drafting.ready.given'))
  })
})

describe('a closing that was cancelled', () => {
  it.each(LOCALES)('[DRA-333] names who wrote, and in an event from before nobody: %s', async (locale) => {
    const t = testTranslate(locale)
    for (const [details, words] of [
      [{ writers: [PAVEL] as ParticipantId[] }, t('drafting.cancelled.somebody-wrote.by', { names: 'Павел Ким' })],
      [{}, t('drafting.cancelled.somebody-wrote')],
    ] as const) {
      const world = inSession()
        .happen(freezeRequested, 'all', { versionId: VERSION, revision: 1 })
        .happen(freezeCancelled, 'all', { versionId: VERSION, reason: 'somebody-wrote', details }, 'system')
      renderDraft(<DraftPanel />, { world, person: AIGUL, locale })
      screen.getByText(words)
      cleanup()
    }
  })
})
