// A text that nothing keeps from being closed: the template of the day, with words under every heading.
import * as Y from 'yjs'
import type { SmallCase } from '#client/app/testing/small-case.ts'
import { MED } from '#client/app/testing/small-case.ts'
import { createTestClock } from '#client/realtime/testing/test-clock.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { appendBlocks, fragmentOf } from '#shared/document/yjs-document.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import { templateOf } from '#shared/drafting/template.ts'
import { localDay } from '#shared/kernel/time-zone.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { Lane } from './lane.ts'

export function closableBlocks(world: SmallCase): readonly DocumentBlock[] {
  const state = world.seenBy(MED).audiences.get('case')
  const facts = state && sliceOf(state, caseFold)?.facts
  if (!facts) throw new Error('a case that is not open')
  return templateOf(facts, localDay(createTestClock().now())).map((each) =>
    wordsOf(each) === '' ? { ...each, runs: [{ text: 'Уплатить 5 000 ₸ в течение месяца.', marks: [] }] } : each,
  )
}

export function laneWith(blocks: readonly DocumentBlock[]): Lane {
  const lane = new Lane()
  const doc = new Y.Doc()
  doc.clientID = SYSTEM_CLIENT_ID
  appendBlocks(fragmentOf(doc, 'ru'), blocks)
  lane.snapshot = Y.encodeStateAsUpdateV2(doc)
  return lane
}
