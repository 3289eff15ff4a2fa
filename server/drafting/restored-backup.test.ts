// What devices bring back to an installation that was restored from a backup: a later history than it has.
import { describe, expect, it } from 'vitest'
import type { DraftStore } from '#server/storage/ports.ts'
import { DocumentCipher } from './document-cipher.ts'
import { Device, person } from './testing/device.ts'
import { CASE, ciphersWith, memoryStorage, PLACE, TEST_KEY, testServer } from './testing/drafting-server.ts'
import { AIGUL, BEREKE, DALA, PAVEL } from './testing/supply-case.ts'
import { verifyDocumentChain } from './verify-document.ts'

async function backUp(from: DraftStore, upTo: number) {
  const copy = memoryStorage()
  await copy.drafts.append((await from.read(PLACE, 0, 10_000)).filter(({ revision }) => revision <= upTo))
  return copy
}

async function writeUpTo(device: Device, revision: number, letter: string): Promise<void> {
  while (device.revision < revision) {
    device.type(letter)
    await device.flush()
  }
}

async function twoHistories() {
  const storage = memoryStorage()
  const before = testServer(storage.drafts, storage.files)
  const aigul = new Device(person(AIGUL, BEREKE))
  await aigul.connect(before)
  await writeUpTo(aigul, 20, 'a')
  aigul.cut()
  await before.close()
  const restored = await backUp(storage.drafts, 10)
  return { aigul, storage, restored }
}

describe('a document restored from a backup', () => {
  it.each(['to the number that the device holds', 'beyond it', 'not so far'] as const)(
    '[DRA-145] and written on %s: the device ends with exactly the server’s text, and what it had unsent is apart',
    async (how) => {
      const { aigul, restored } = await twoHistories()
      const server = testServer(restored.drafts, restored.files, { epoch: 2 })
      const pavel = new Device(person(PAVEL, DALA))
      await pavel.connect(server)
      await writeUpTo(pavel, { 'to the number that the device holds': 20, 'beyond it': 25, 'not so far': 15 }[how], 'п')
      aigul.type('unsent')
      expect(aigul).toMatchObject({ epoch: 1, haveRevision: 20 })
      const answer = await aigul.connect(server)
      expect(answer).toMatchObject({ epoch: 2 })
      expect(answer.haveRevision).toBe(await restored.drafts.headOf(PLACE))
      expect(aigul.text).toBe(pavel.text)
      expect(aigul.kept).toHaveLength(1)
      aigul.type('!')
      await aigul.flush()
      expect(pavel.text).toBe(aigul.text)
    },
  )

  it('[DRA-145] a device of the same epoch that holds more than is there is given everything from the beginning', async () => {
    const { aigul, restored } = await twoHistories()
    const server = testServer(restored.drafts, restored.files) // put back by hand, without a restore
    const pavel = new Device(person(PAVEL, DALA))
    await pavel.connect(server)
    const answer = await aigul.connect(server)
    expect(answer.haveRevision).toBeLessThan(20)
    expect(answer.updates.length).toBeGreaterThan(0)
    expect(aigul.text).toBe(pavel.text)
  })

  it('[DRA-145] a device of this epoch is sent only what it lacks; every entry says in which epoch it was written', async () => {
    const { aigul, restored } = await twoHistories()
    const server = testServer(restored.drafts, restored.files, { epoch: 2 })
    await aigul.connect(server)
    aigul.type('x')
    await aigul.flush()
    aigul.cut()
    expect((await aigul.connect(server)).updates).toEqual([])
    const entries = await restored.drafts.read(PLACE, 0, 100)
    expect(entries.map(({ epoch, revision }) => epoch === (revision <= 10 ? 1 : 2)).every(Boolean)).toBe(true)
    const cipher = new DocumentCipher(PLACE, await ciphersWith(TEST_KEY)(CASE, 'all'))
    expect((await verifyDocumentChain({ store: restored.drafts, cipher, place: PLACE })).faults).toEqual([])
  })
})
