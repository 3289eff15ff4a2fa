// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { AIGUL, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { testId } from '#client/realtime/testing/history.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { createStore } from '#client/ui/state/create-store.ts'
import { largeDeletion } from '#shared/drafting/restoring-protocol.ts'
import type { DeletionId } from '#shared/kernel/ids.ts'
import { useDraftNews } from './use-draft-news.ts'

afterEach(cleanup)

it('[DRA-172] the draft’s tab is marked when many lines went out of the text, until it is looked at', () => {
  const world = smallCase().enter(PAVEL).join(PAVEL, 'all')
  const snapshot = createStore(world.seenBy(PAVEL))
  const store = { snapshot: snapshot.state, subscribe: snapshot.subscribe }
  const client = { store } as unknown as CaseClient // all that is asked of a case here
  const { result, rerender } = renderHook(({ looking }) => useDraftNews(looking), {
    initialProps: { looking: false },
    wrapper: ({ children }) => <CaseProvider client={client}>{children}</CaseProvider>,
  })
  const lose = (name: string) =>
    act(() => {
      const deletion = { deletionId: testId<DeletionId>(name), participantId: AIGUL, revision: 4, lines: 12 }
      snapshot.set(world.happen(largeDeletion, 'all', deletion, 'system').seenBy(PAVEL))
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
