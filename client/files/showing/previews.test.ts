import { describe, expect, it } from 'vitest'
import { AIGUL, MED, smallCase } from '#client/app/testing/small-case.ts'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { TEST_CASE, testId } from '#client/realtime/testing/history.ts'
import { createStore } from '#client/ui/state/create-store.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { testFile } from '../testing/test-file.ts'
import { createPreviews, HELD_AT_MOST } from './previews.ts'

/** Addresses as a browser gives them, until they are given back. */
function page(files: number) {
  const world = smallCase().enter(AIGUL).join(AIGUL, 'all')
  for (let nth = 0; nth < files; nth++) testFile(world, { name: `${nth}.jpg`, by: AIGUL })
  const snapshot = createStore<CaseSnapshot>(world.seenBy(MED))
  const addresses = new Set<string>()
  let made = 0
  const previews = createPreviews(
    { caseId: TEST_CASE, store: { ...snapshot, snapshot: snapshot.state } as never }, // what previews ask of it
    {
      createObjectURL: () => {
        const address = `blob:${made++}`
        addresses.add(address)
        return address
      },
      revokeObjectURL: (address) => addresses.delete(address),
    },
  )
  const asked: string[] = []
  const api: Pick<AuthorisedApi, 'download'> = {
    async download(_route, input) {
      asked.push((input as { fileId: string }).fileId)
      return { bytes: new Uint8Array([1]), fileName: 'preview' }
    },
  }
  const seqOf = (nth: number) => 3 + nth
  const shown = (nth: number) => ({ audience: 'all' as const, seq: seqOf(nth), fileId: testId<FileId>(`file${nth}`) })
  return { world, snapshot, addresses, previews, api, asked, shown, seqOf }
}

describe('small pictures of files', () => {
  it('[FIL-74] are fetched once, and a screen’s worth of them is held', async () => {
    const { previews, api, shown, asked, addresses } = page(HELD_AT_MOST + 3)
    await Promise.all([previews.thumbnail(shown(0), api), previews.thumbnail(shown(0), api)])
    await previews.thumbnail(shown(0), api)
    expect(asked).toHaveLength(1)
    for (let nth = 1; nth < HELD_AT_MOST + 3; nth++) await previews.thumbnail(shown(nth), api)
    expect(addresses.size).toBe(HELD_AT_MOST)
  })

  it('[FIL-77] are given back with their file, at once, and never come after it', async () => {
    const { previews, api, shown, addresses, world, snapshot, seqOf } = page(2)
    await previews.thumbnail(shown(0), api)
    await previews.thumbnail(shown(1), api)
    world.happen(bodyRedacted, 'all', { epoch: 0, seq: seqOf(0), bodyDigest: '' } as never, MED) // its place is what is read of it
    snapshot.set(world.seenBy(MED))
    expect(addresses).toEqual(new Set(['blob:1']))
    await expect(previews.thumbnail(shown(0), api)).rejects.toThrow()
    expect(addresses.size).toBe(1)
  })

  it.each(['close', 'wipe'] as const)('[FIL-74] all of them go with the case: %s', async (end) => {
    const { previews, api, shown, addresses } = page(2)
    await previews.thumbnail(shown(0), api)
    const late = previews.thumbnail(shown(1), api)
    previews[end]()
    await expect(late).rejects.toThrow()
    expect(addresses.size).toBe(0)
  })
})
