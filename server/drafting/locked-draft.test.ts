import { expect, it } from 'vitest'
import { act, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { roomLock, roomUnlock } from '#shared/rooms/lock-protocol.ts'
import { draftAccess } from './case-of-draft.ts'

it('[ROO-140] a locked draft takes no edit but the mediator’s, from the next one on, and is read by all', async () => {
  const storage = memoryStorage()
  const clock = setClock()
  const log = serverOver({ storage, clock })
  const world = supplyCase()
  await openSession(log, world)
  const { caseId, mediator, people } = world
  const draft = settlementOf(caseId)
  const { mayRead, mayWrite } = draftAccess({ log, clock })
  const writers = () => [mediator, ...people].map((person) => mayWrite(person, draft))
  expect(writers()).toEqual([true, true, true])
  await act(log, mediator, roomLock, { audience: 'all', what: 'draft' })
  expect(writers()).toEqual([true, false, false])
  expect(people.map((person) => mayRead(person, draft))).toEqual([true, true])
  await act(log, mediator, roomUnlock, { audience: 'all', what: 'draft' })
  expect(writers()).toEqual([true, true, true])
  await storage.close()
})
