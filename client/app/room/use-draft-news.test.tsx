// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { AIGUL, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { testId } from '#client/realtime/testing/history.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { largeDeletion } from '#shared/drafting/restoring-protocol.ts'
import type { DeletionId } from '#shared/kernel/ids.ts'
import { useDraftNews } from './use-draft-news.ts'

afterEach(cleanup)

it('[DRA-172] the draft’s tab is marked when many lines went out of the text, until it is looked at', () => {
  const world = smallCase().enter(PAVEL).join(PAVEL, 'all')
  const listeners = new Set<() => void>()
  let seen = world.seenBy(PAVEL)
  const store = {
    snapshot: () => seen,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const client = { store } as unknown as CaseClient // all that is asked of a case here
  const { result, rerender } = renderHook(({ looking }) => useDraftNews(looking), {
    initialProps: { looking: false },
    wrapper: ({ children }) => <CaseProvider client={client}>{children}</CaseProvider>,
  })
  const lose = (name: string) =>
    act(() => {
      const deletion = { deletionId: testId<DeletionId>(name), participantId: AIGUL, revision: 4, lines: 12 }
      seen = world.happen(largeDeletion, 'all', deletion, 'system').seenBy(PAVEL)
      for (const listener of listeners) listener()
    })
  expect(result.current).toBe(0)
  lose('a')
  expect(result.current).toBe(1)
  rerender({ looking: true })
  expect(result.current).toBe(0)
  lose('b')
  rerender({ looking: false })
  expect(result.current).toBe(0)
})
