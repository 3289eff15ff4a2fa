// Files that somebody began to write and never finished.
import { expect, it } from 'vitest'
import { bytes, randomText, upTo } from '#server/storage/contracts/samples.ts'
import { platformWorld } from '#server/testing/platform-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'

const HOUR = 3_600_000

it('[STO-181] a writing is removed a day after it was begun, while the server runs; a younger one goes on', async () => {
  const storage = memoryStorage()
  const looked: number[] = []
  const files: typeof storage.files = {
    ...storage.files,
    async removeAbandoned(before) {
      await storage.files.removeAbandoned(before)
      looked.push(before)
    },
  }
  const world = await platformWorld({ storage: { ...storage, files } })
  const begin = async (hoursAgo: number) => {
    const writing = files.write(asId<FileId>(randomText()), world.clock.now() - hoursAgo * HOUR)
    for (const _ of upTo(9)) await writing.append(bytes(20))
    return writing
  }
  const [old, young] = [await begin(25), await begin(22)]
  expect(looked).toEqual([])
  world.timers.advance(HOUR)
  await expect.poll(() => looked.length).toBe(1)
  const end = { header: bytes(70), mac: bytes(32) }
  await expect(old.finish(end)).rejects.toMatchObject({ problem: { reason: 'storage/writing-abandoned' } })
  await young.finish(end)
  expect(await storage.inspection.strays()).toEqual([])
  await world.close()
})
