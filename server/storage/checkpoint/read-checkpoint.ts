// The checkpoint as it stands, and whether the data is as new as it says.
import type { Storage } from '#server/storage/ports.ts'
import type { RecordCipher } from '#server/storage/record-cipher.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { type Entries, type OpenEntry, RESTORED, ROOT } from './entries.ts'
import { CASE, headFault, type LogHead } from './log-heads.ts'
import { checkRecordSet, DOCUMENT, type DocumentHead, type RecordSetReport } from './record-set.ts'
import type { CheckpointRoot } from './stamp.ts'
import { unchainedDigest } from './unchained-marks.ts'

export interface ReadCheckpoint {
  readonly root: CheckpointRoot | undefined
  readonly open: ReadonlyMap<string, OpenEntry>
  readonly damaged: readonly string[]
  /** Which epoch somebody has said is to be taken as it is. */
  readonly restoredEpoch: number | undefined
  /** There is one, and it is to be kept to. */
  readonly isKnown: boolean
}

export interface CheckpointReport {
  /** When it was written, milliseconds since 1970. */
  readonly at: number
  readonly faults: readonly string[]
}

/** Cases looked at at once: with a database elsewhere each is a round trip or two. */
const AT_ONCE = 50

export async function readCheckpoint(entries: Entries): Promise<ReadCheckpoint> {
  const { open, damaged } = await entries.readAll()
  // Values are as they were written, under the checkpoint's own key; `restored` alone is not encrypted.
  const root = open.get(ROOT)?.value as CheckpointRoot | undefined
  const epoch = (open.get(RESTORED)?.value as { epoch?: unknown } | undefined)?.epoch
  const restoredEpoch = typeof epoch === 'number' ? epoch : undefined
  return { root, open, damaged, restoredEpoch, isKnown: restoredEpoch === undefined && (root !== undefined || damaged.length > 0) }
}

type CheckedStorage = Pick<Storage, 'log' | 'drafts' | 'inspection'>

export async function checkAgainst(
  { root, open, damaged }: ReadCheckpoint,
  { storage, cipher, nameOf }: { storage: CheckedStorage; cipher: RecordCipher; nameOf: Entries['nameOfRecord'] },
): Promise<RecordSetReport & CheckpointReport> {
  if (!root) return { at: 0, faults: ['the checkpoint itself: missing or damaged'], changed: [], tombstones: [] }
  const faults = damaged.map((name) => `checkpoint ${name}: damaged`)
  const heads = [...open].filter(([name]) => name.startsWith(CASE) || name.startsWith(DOCUMENT))
  for (let at = 0; at < heads.length; at += AT_ONCE) {
    const found = await Promise.all(heads.slice(at, at + AT_ONCE).map(([name, { value }]) => headOrDocumentFault(storage, name, value)))
    faults.push(...found.flatMap((fault) => (fault === undefined ? [] : [fault])))
  }
  const report = await checkRecordSet({ inspection: storage.inspection, cipher, root, listed: open, nameOf })
  return { ...report, at: root.at, faults: [...faults, ...report.faults] }
}

async function headOrDocumentFault({ log, drafts }: CheckedStorage, name: string, value: unknown): Promise<string | undefined> {
  if (name.startsWith(CASE)) return headFault(log, value as LogHead) // as it was written
  const head = value as DocumentHead // as it was written
  const words = `draft of case ${head.caseId}`
  if ((await drafts.headOf(head)) < head.revision) return `${words}: cut off or put back`
  try {
    const [last] = await drafts.read(head, head.revision - 1, 1)
    const isOther = last?.revision === head.revision && head.hash !== undefined && (!last.hash || base64url(last.hash) !== head.hash)
    if (isOther) return `${words}: its end was replaced`
    const isChanged = head.unchained !== undefined && (await unchainedDigest(drafts, head)) !== head.unchained
    return isChanged ? `${words}: a mark from before its chain was changed, or is missing` : undefined
  } catch {
    return `${words}: its end cannot be read`
  }
}
