import { expect, it } from 'vitest'
import { KEPT_ENDED_MS } from '#server/due/expiry.ts'
import { setClock } from '#server/testing/clock.ts'
import { testDue } from '#server/testing/due.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { testId } from '#server/testing/test-id.ts'
import { asId, type CaseId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { CONFIRMATION_MS, makeConfirmations } from './confirmations.ts'

const place = {
  caseId: testId<CaseId>('case'),
  versionId: asId<VersionId>('version-1_____________'),
  participantId: testId<ParticipantId>('party'),
}
const plain = { encrypt: async (_place: unknown, _what: string, bytes: Uint8Array) => bytes }

it('[SIG-75] a confirmation is refused after ten minutes and gone thirty days later; one that was asked for anew stays', async () => {
  const storage = memoryStorage()
  const clock = setClock()
  const due = testDue(storage, clock)
  const cipher = { ...plain, decrypt: plain.encrypt }
  const confirmations = makeConfirmations({ records: storage.records, due, cipher, clock })
  due.start([confirmations.dueKind])
  const begin = (nonce: string) => confirmations.begin(place, { state: 'asked', nonce, at: clock.now() })
  const resting = async () => (await storage.records.all('signing-confirmations')).length
  await begin('first')
  clock.pass(CONFIRMATION_MS + 1)
  expect(await confirmations.find(place)).toBeUndefined()
  clock.pass(KEPT_ENDED_MS - 2)
  await begin('second')
  clock.pass(CONFIRMATION_MS - 1)
  await due.runDue()
  expect((await confirmations.find(place))?.confirmation).toMatchObject({ nonce: 'second' })
  clock.pass(KEPT_ENDED_MS)
  await due.runDue()
  expect(await resting()).toBe(1)
  clock.pass(1)
  await due.runDue()
  expect(await resting()).toBe(0)
  await due.close()
  await storage.close()
})
