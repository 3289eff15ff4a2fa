// Bytes that a body names go before it, and are found again by it as long as they are there.
import { expect, it } from 'vitest'
import type { BodyPlace } from '#server/storage/ports.ts'
import { act, keysOver, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { messagePost, messagePosted, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { contentsOf, makeDestroyContents } from './body-contents.ts'
import { bodyStoresOf } from './forgetting.ts'

it('[FIL-15] what a body names is destroyed first; while that fails the body stays, for the next try, and no other does', async () => {
  const storage = memoryStorage()
  const world = supplyCase()
  const log = serverOver({ storage })
  await openSession(log, world)
  const [person] = world.people
  const places: BodyPlace[] = []
  for (const text of ['first', 'second']) {
    const { epoch = 0, seq = 0, hash = '' } = (await log.state(world.caseId)).audiences.get('all') ?? {}
    const id = newCommandId()
    const [place] = await act(log, person, messagePost, { audience: 'all', id, text }, { id, seen: { audience: 'all', epoch, seq, hash } })
    await act(log, person, messageRedact, { audience: 'all', epoch: place?.epoch ?? 0, seq: place?.seq ?? 0 })
    places.push({ caseId: world.caseId, audience: 'all', epoch: place?.epoch ?? 0, seq: place?.seq ?? 0 })
  }
  const destroyed: string[] = []
  let broken = true
  const contents = contentsOf(messagePosted, async ({ audience }, { text }) => {
    if (broken && text === 'first') throw new Error('no disk')
    destroyed.push(`${audience} ${text}`)
  })
  const keys = keysOver(storage)
  const destroyContents = makeDestroyContents({ log: storage.log, keys, contents: [contents] })
  const stores = bodyStoresOf({ log: storage.log, keys, projections: { forget: async () => undefined }, destroyContents })
  const left = async () => {
    const events = await Promise.all(places.map(({ seq }) => storage.log.readAudience(world.caseId, 'all', seq - 1, 1)))
    return events.map(([event]) => event?.encryptedBody !== undefined)
  }
  await expect(stores.log.forget(places)).rejects.toThrow('no disk')
  expect([destroyed, await left()]).toEqual([['all second'], [true, false]])
  broken = false
  await stores.log.forget(places)
  expect([destroyed, await left()]).toEqual([
    ['all second', 'all first'],
    [false, false],
  ])
  await stores.log.forget(places)
  expect(destroyed).toHaveLength(2)
  await storage.close()
})
