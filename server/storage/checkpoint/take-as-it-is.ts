// What is here now counts from here on, as after a restore: the epoch is raised, and the next start takes the data as it is instead of
// comparing it. Written beside the keys, where nobody can who has got at the data alone.
import { dropProjections } from '#server/storage/drop-projections.ts'
import type { Storage } from '#server/storage/ports.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { RESTORED } from './entries.ts'

/** Answers the new epoch. `now` is milliseconds since 1970: the epoch is taken from it, so that two restores of one backup never share one. */
export async function takeAsItIs(storage: Pick<Storage, 'records' | 'checkpoints' | 'projections'>, now: number): Promise<number> {
  const { records, checkpoints } = storage
  await dropProjections(storage) // they may follow from another moment than the log: a copy that was taken piece by piece
  const stored = await records.get<{ epoch: number }>('installation', 'epoch')
  const epoch = Math.max((stored?.value.epoch ?? 0) + 1, Math.floor(now / 1000))
  if (stored) await records.replace('installation', 'epoch', stored.version, { epoch })
  else await records.insert('installation', 'epoch', { epoch })
  const before = await checkpoints.get(RESTORED)
  await checkpoints.write([{ name: RESTORED, revision: before?.revision ?? 0, bytes: utf8(JSON.stringify({ epoch })) }])
  return epoch
}
