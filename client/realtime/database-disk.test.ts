import { expect, it } from 'vitest'
import { databaseDisk } from './database-disk.ts'

/** A browser's database as far as writing needs it: each connection opens, and each transaction completes, when the test lets it. */
function databases() {
  const opening: (() => void)[] = []
  const written: string[] = []
  let isBroken = false
  const transaction = () => {
    if (isBroken) throw new DOMException('the connection is closing', 'InvalidStateError')
    const made = {
      objectStore: () => ({ put: (_value: string, key: string) => void written.push(key) }),
      oncomplete: undefined as (() => void) | undefined,
      commit: () => queueMicrotask(() => made.oncomplete?.()),
    }
    return made
  }
  const factory = {
    open() {
      const request = { result: { transaction }, onsuccess: undefined as (() => void) | undefined }
      opening.push(() => request.onsuccess?.())
      return request
    },
  } as unknown as IDBFactory // what writing asks of it
  return { opening, written, factory, close: (broken: boolean) => (isBroken = broken) }
}

const change = (key: string) => new Map([[key, 'value']])

it('[LIV-50] what is written at once goes over one connection, in its order; one that has gone is opened anew by whoever asks next', async () => {
  const { opening, written, factory, close } = databases()
  const disk = databaseDisk(() => factory)
  const all = ['first', 'second', 'third'].map((key) => disk.write(change(key)))
  expect(opening).toHaveLength(1)
  opening[0]?.()
  await Promise.all(all)
  expect(written).toEqual(['first', 'second', 'third'])
  close(true)
  await expect(disk.write(change('lost'))).rejects.toThrow('closing')
  close(false)
  const again = disk.write(change('fourth'))
  expect(opening).toHaveLength(2)
  opening[1]?.()
  await again
  expect(written.at(-1)).toBe('fourth')
})
