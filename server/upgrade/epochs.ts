// With 2.2 an epoch begins, as with a restore: from it on audience keys are derived. Which derivation belongs to which epoch rests encrypted.
import { CURRENT_DERIVATION, type EpochDerivation } from '#server/log/derived-keys.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import type { UpgradeDeps } from './upgrade.ts'

const COLLECTION = 'installation'
const DERIVATIONS = 'derivations'

export async function readDerivations(records: Pick<RecordStore, 'get'>): Promise<readonly EpochDerivation[] | undefined> {
  return (await records.get<{ epochs: readonly EpochDerivation[] }>(COLLECTION, DERIVATIONS))?.value.epochs
}

/** By the clock, so that two that begin over one state never share a number; always above the one before. */
function epochAfter(before: number, now: number): number {
  return Math.max(before + 1, Math.floor(now / 1000))
}

export async function beginEpoch({ storage, records, clock, isNew }: UpgradeDeps): Promise<void> {
  const plain = await storage.records.get<{ epoch: number }>(COLLECTION, 'epoch')
  const before = plain?.value.epoch ?? 1
  let epochs = await readDerivations(records)
  if (!epochs) {
    const today = { from: isNew ? before : epochAfter(before, clock.now()), derivation: CURRENT_DERIVATION }
    epochs = isNew ? [today] : [{ from: 1, derivation: 0 }, today]
    // Another server may have been a moment quicker: its table counts.
    if ((await records.insert(COLLECTION, DERIVATIONS, { epochs })) === 'taken') epochs = (await readDerivations(records)) ?? epochs
  }
  const epoch = Math.max(before, ...epochs.map(({ from }) => from))
  if (!plain) await storage.records.insert(COLLECTION, 'epoch', { epoch })
  else if (epoch > before) await storage.records.replace(COLLECTION, 'epoch', plain.version, { epoch })
}
