import { expect, it } from 'vitest'
import { commit, event, newCase } from '#server/storage/contracts/samples.ts'
import type { StoredEvent } from '#server/storage/ports.ts'
import { memoryStorage } from '#server/testing/storage.ts'

/** Passes every look beforehand and is no bytes any more when it is written. */
function turning(): StoredEvent {
  let looks = 0
  const turned = event({ seq: 3 })
  return Object.defineProperty({ ...turned }, 'hash', { enumerable: true, get: () => (looks++ === 0 ? turned.hash : true) })
}

it('[STO-74] a commit that fails only while it is written fails alone, whole, and all others of its batch are stored', async () => {
  const storage = memoryStorage()
  const [one, other] = [newCase(), newCase()]
  const before = commit(one, 1)
  const faulty = commit(one, 2, { events: [event({ seq: 2 }), turning()] })
  const batch = [before, commit(other, 1), faulty, commit(one, 3), commit(other, 2)]
  expect(await storage.log.append(batch)).toEqual(['stored', 'stored', 'unstorable', 'blocked', 'stored'])
  expect(await storage.log.readCase(one, 0, 10)).toEqual([before])
  expect(await storage.log.headOf(other)).toBe(2)
  expect(await storage.log.append([commit(one, 2)])).toEqual(['stored'])
  await storage.close()
})
