// @vitest-environment jsdom
// What a person sees above the held part of a conversation, over a real store and a server that answers when it is told to.
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { createCaseStore } from '#client/realtime/case-store.ts'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { fetchOlderWords } from '#client/realtime/older-words.ts'
import { createHistory, TEST_CASE, testId, webDigest } from '#client/realtime/testing/history.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import type { OlderRequest } from '#shared/protocol/wire.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { OlderWords } from './OlderWords.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const ada = testId<ParticipantId>('ada')

async function shown(locale: Locale) {
  const history = createHistory(ada)
  await history.add(roomJoined, 'all', { participantId: ada })
  for (let i = 0; i < 20; i++) await history.add(messagePosted, 'all', { id: testId<CommandId>(`m${i}`), text: `words ${i}` })
  const store = createCaseStore({
    caseId: TEST_CASE,
    folds: DEVICE_FOLDS,
    events: DEVICE_EVENTS,
    digest: webDigest,
    reads: () => true,
    wordsAfter: () => 0,
  })
  store.resumed(history.resume({ heads: [], paged: true }, 50, { lacksMuch: 5, lastPage: 4 }), 0)
  const server: { answer: 'late' | 'lost' | 'page'; release: () => void } = { answer: 'page', release: () => undefined }
  const live: ConnectionState = { kind: 'live' }
  const olderWords = fetchOlderWords({
    store,
    timers: {
      after: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds)
        return () => clearTimeout(timer)
      },
    },
    connection: {
      state: () => live,
      subscribe: () => () => undefined,
      async ask<Answer>(_name: string, request: unknown) {
        if (server.answer === 'lost') throw new Error('the connection was lost')
        if (server.answer === 'late') await new Promise<void>((resolve) => Object.assign(server, { release: resolve }))
        return { ok: true, value: history.older(request as OlderRequest, 10) } as Answer // as our server answers it
      },
    },
  })
  const client = { store, olderWords } as unknown as CaseClient // all that is asked of a case here
  renderWithTexts(
    <CaseProvider client={client}>
      <OlderWords audience="all" />
    </CaseProvider>,
    { locale },
  )
  return { store, server, t: testTranslate(locale), from: () => store.snapshot().earlier.get('all')?.from }
}

describe.each(LOCALES)('earlier messages (%s)', (locale) => {
  it('[LIV-33] come by a button that says while they come, and can be asked for again when they did not', async () => {
    const { server, t, from } = await shown(locale)
    const button = () => screen.getByRole('button')
    expect(button().textContent).toBe(t('rooms.older.fetch'))
    const before = from()
    server.answer = 'lost'
    act(() => button().click())
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(t('rooms.older.failed')))
    expect(button().textContent).toBe(t('ui.retry'))
    expect(from()).toBe(before)
    server.answer = 'late'
    act(() => button().click())
    await waitFor(() => expect(button().textContent).toContain(t('rooms.older.coming')))
    expect(button().getAttribute('aria-busy')).toBe('true')
    expect(screen.queryByRole('alert')).toBeNull()
    act(() => server.release())
    await waitFor(() => expect(from()).toBeLessThan(before ?? 0))
    await waitFor(() => expect(button().textContent).toBe(t('rooms.older.fetch')))
  })
})

it('[LIV-42] are fetched by a slow device too, which tells late and all at once that one has come to the beginning', async () => {
  const told: ((entries: readonly { isIntersecting: boolean }[]) => void)[] = []
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(tell: (entries: readonly { isIntersecting: boolean }[]) => void) {
        told.push(tell)
      }
      observe() {}
      disconnect() {}
    },
  )
  const { from } = await shown('en')
  const before = from() ?? 0
  act(() => told.at(-1)?.([{ isIntersecting: true }, { isIntersecting: false }]))
  expect(from()).toBe(before)
  act(() => told.at(-1)?.([{ isIntersecting: false }, { isIntersecting: true }]))
  await waitFor(() => expect(from()).toBeLessThan(before))
})
