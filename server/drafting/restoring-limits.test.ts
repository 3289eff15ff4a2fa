// What a hostile person could do to restorations: wear them out, hold them up, or have the states thinned away.
import { describe, expect, it } from 'vitest'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, readBlocks } from '#shared/document/yjs-document.ts'
import type { Device } from './testing/device.ts'
import { CASE } from './testing/drafting-server.ts'
import { type Joint, joint, settled } from './testing/joint-draft.ts'
import { PAVEL } from './testing/supply-case.ts'

/** Empty clauses are no words. */
const wordsOf = (device: Device) => readBlocks(device.fragment).filter(({ runs }) => runs.length > 0)

async function undo({ log, server }: Joint): Promise<void> {
  const [deletion] = log.restoring.deletions.slice(-1)
  if (!deletion) throw new Error('a deletion was told')
  const { deletionId, revision } = deletion
  log.asks({ way: 'undo-deletion', restorationId: deletionId as never, deletionId, revision }, PAVEL) // undone under its own id
  await server.settle(CASE)
  await settled()
}

describe('whoever deletes and undoes for ever', () => {
  it('[DRA-157] wears nothing out: what is deleted the tenth time comes back as the first time', async () => {
    const made = await joint()
    const { pavel, aigul, log, time } = made
    for (let part = 0; part < 5; part++) {
      appendBlocks(
        pavel.fragment,
        Array.from({ length: 12 }, (_, index) => block(`w${part}-${index}`, 'paragraph', 0, `${part}-${index} слово `.repeat(140))),
      )
      await pavel.flush()
    }
    await time.pass(120_000)
    const was = wordsOf(pavel)
    for (let round = 0; round < 10; round++) {
      aigul.fragment.delete(0, aigul.fragment.length)
      await aigul.flush()
      await time.pass(15_000)
      await undo(made)
      expect(log.restoring.last, `round ${round}`).toMatchObject({ outcome: { revision: expect.any(Number) } })
      expect(readBlocks(pavel.fragment).length).toBeGreaterThan(60)
      await time.pass(15_000)
    }
    expect(wordsOf(pavel)).toEqual(was)
    expect(made.server.troubles).toEqual([])
  })
})
