// Due steps as they rest: each opens under its id and time. One that is missing is not noticed: nobody's rights hang by it.
import { dueCipher } from '#server/storage/due-cipher.ts'
import type { StorageInspection } from '#server/storage/ports.ts'

const PAGE = 500

export async function verifyDue(
  inspection: Pick<StorageInspection, 'dueSteps'>,
  recordsKey: Uint8Array,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const cipher = dueCipher(recordsKey, {
    bytes: () => {
      throw new Error('verifying makes nothing')
    },
  })
  const faults: string[] = []
  let count = 0
  for (let after = ''; ; ) {
    const page = await inspection.dueSteps(after, PAGE)
    for (const step of page) {
      count++
      try {
        const task = cipher.decrypt(step)
        if (cipher.idOf(task) !== step.id) faults.push(`due step ${step.id}: stands under the id of another`)
      } catch {
        faults.push(`due step ${step.id}: changed`)
      }
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return { count, faults }
    after = last.id
  }
}
