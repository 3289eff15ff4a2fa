// What a device knows of the case of tests (history.ts), with everything that a device folds.

import { type CaseStore, createCaseStore } from '#client/realtime/case-store.ts'
import type { Head } from '#client/realtime/integrity.ts'
import { TEST_CASE, webDigest } from '#client/realtime/testing/history.ts'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { roomFold, wordsAfter } from '#shared/rooms/room-state.ts'

export function openStore(remembered: readonly Head[] = []): CaseStore {
  return createCaseStore({
    caseId: TEST_CASE,
    folds: DEVICE_FOLDS,
    events: DEVICE_EVENTS,
    digest: webDigest,
    remembered,
    reads: (state, me) => sliceOf(state, roomFold).members[me]?.until === undefined,
    wordsAfter: (state, me) => wordsAfter(sliceOf(state, roomFold), me),
  })
}
