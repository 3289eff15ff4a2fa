// A whole installation as it rests: log, drafts, files, records, keys, and all of it against the checkpoint. Names each fault; repeats nothing
// that was said.
import { SERVER_EVENTS } from '#server/catalogue.ts'
import { makeAudienceKeys } from '#server/log/audience-keys.ts'
import { derivationsBy } from '#server/log/derived-keys.ts'
import { type Checkpoints, openCheckpoints } from '#server/storage/checkpoint/checkpoints.ts'
import { encryptFiles } from '#server/storage/encrypted-files.ts'
import { encryptProjections } from '#server/storage/encrypted-projections.ts'
import { encryptRecords } from '#server/storage/encrypted-records.ts'
import type { Storage } from '#server/storage/ports.ts'
import { openRecordsKey, recordCipher } from '#server/storage/record-cipher.ts'
import { readDerivations } from '#server/upgrade/epochs.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type CaseDeps, type CaseReport, type KnownHeads, verifyCase } from './verify-case.ts'
import { verifyDrafts } from './verify-drafts.ts'
import { verifyDue } from './verify-due.ts'
import { verifyFiles } from './verify-files.ts'
import { verifyKeys } from './verify-keys.ts'
import { verifyProjections } from './verify-projections.ts'
import { verifyRecords } from './verify-records.ts'

/** What is not of one case. */
export interface PartReport {
  readonly part: 'records' | 'projections' | 'due steps' | 'files' | 'keys' | 'checkpoint' | 'storage'
  readonly count: number
  readonly faults: readonly string[]
  readonly notes: readonly string[]
}

export interface Verifier {
  readonly caseIds: readonly CaseId[]
  verifyCase(caseId: CaseId, given: KnownHeads['given']): Promise<CaseReport>
  /** After all cases: what hangs together with none of them. */
  verifyRest(reports: readonly CaseReport[]): Promise<readonly PartReport[]>
}

const MAKES_NOTHING = {
  bytes: (): Uint8Array => {
    throw new Error('verifying makes nothing')
  },
}

/** A column of another type. */
const CANNOT_READ = { count: 0, faults: ['they cannot be read: npm run rebuild -- projections'], notes: [] }

interface Ground {
  readonly storage: Storage
  readonly masterKey: Uint8Array
}

export async function openVerifier({ storage, masterKey }: Ground): Promise<Verifier> {
  const base = { storage, masterKey, entropy: MAKES_NOTHING }
  const checkpoints = await openCheckpoints({ ...base, clock: { now: () => 0 }, isAlone: true })
  const records = encryptRecords(storage.records, { keys: storage.keys, masterKey, entropy: MAKES_NOTHING })
  const projections = encryptProjections(storage.projections, { keys: storage.keys, masterKey, entropy: MAKES_NOTHING })
  const derivations = await readDerivations(records).catch(() => undefined) // named as a record that does not open
  const derivationOf = derivationsBy(derivations ?? [])
  const keys = makeAudienceKeys({ keys: storage.keys, masterKey, entropy: MAKES_NOTHING, derivationOf })
  const files = encryptFiles({ files: storage.files, entropy: MAKES_NOTHING, clock: { now: () => 0 } })
  const definitions = new Map(SERVER_EVENTS.map((event) => [event.name as string, event]))
  const deps: CaseDeps = { log: storage.log, keys, definitions }
  const heads = new Map(checkpoints.logHeads.map((head) => [head.caseId, head]))
  const named = new Set<string>()

  return {
    caseIds: await storage.log.caseIds(),
    async verifyCase(caseId, given) {
      const report = await verifyCase(deps, caseId, { given, checkpoint: heads.get(caseId) })
      const filed = await verifyFiles({ stored: storage.files, files, keys, definitions }, caseId, report.wires)
      for (const id of filed.named) named.add(id)
      const draft = await verifyDrafts({ drafts: storage.drafts, keys }, caseId).catch(() => ['draft: cannot be read'])
      return { ...report, faults: [...report.faults, ...filed.faults, ...draft], notes: filed.notes }
    },
    async verifyRest(reports) {
      const cases = new Set(reports.map(({ caseId }) => caseId))
      const audiences = new Set(reports.flatMap(({ caseId, wires }) => wires.map(({ audience }) => `${caseId}/${audience}`)))
      const missing = derivations ? [] : ['record installation/derivations: without it nobody knows how keys of an epoch are derived']
      const keysReport: PartReport = { part: 'keys', ...(await verifyKeys(storage.keys, masterKey, audiences)) }
      const projected = await verifyProjections({ projections, records, log: storage.log, definitions }, reports).catch(() => CANNOT_READ)
      const rest: readonly PartReport[] = [
        { part: 'projections', ...projected },
        await unnamedFiles(storage, named),
        keysReport,
        await straysReport(storage, cases),
      ]
      const recordsKey = await recordsKeyOf({ storage, masterKey }).catch(() => undefined) // named among the keys
      if (!recordsKey)
        return [{ part: 'records', count: 0, faults: ['their key does not open: none of them can be checked'], notes: [] }, ...rest]
      const checked = await verifyRecords(
        storage.inspection,
        recordCipher(recordsKey, MAKES_NOTHING, () => false),
      )
      const recordsReport: PartReport = { part: 'records', notes: [], ...checked, faults: [...checked.faults, ...missing] }
      const due: PartReport = { part: 'due steps', notes: [], ...(await verifyDue(storage.inspection, recordsKey)) }
      return [recordsReport, due, await checkpointReport(storage, checkpoints, cases), ...rest]
    },
  }
}

function recordsKeyOf({ storage, masterKey }: Ground): Promise<Uint8Array> {
  return openRecordsKey({ keys: storage.keys, masterKey, entropy: MAKES_NOTHING })
}

async function unnamedFiles({ inspection }: Storage, named: ReadonlySet<string>): Promise<PartReport> {
  const ids = await inspection.fileIds()
  const notes = ids.filter((id) => !named.has(id)).map((id) => `file ${id}: no event names it (harmless: nobody is given it)`)
  return { part: 'files', count: ids.length, faults: [], notes }
}

async function checkpointReport(storage: Storage, checkpoints: Checkpoints, cases: ReadonlySet<CaseId>): Promise<PartReport> {
  const epoch = await storage.records.get<{ epoch: number }>('installation', 'epoch').catch(() => undefined) // named as a record
  if (checkpoints.restoredEpoch !== undefined)
    return { part: 'checkpoint', count: 0, faults: [], notes: ['the data was taken as it is: the next start begins a new checkpoint'] }
  if (!checkpoints.isKnown)
    return { part: 'checkpoint', count: 0, faults: ['it is missing: nothing says how new the data must be'], notes: [] }
  const { faults, at } = await checkpoints.check(epoch?.value.epoch)
  const listed = new Set(checkpoints.logHeads.map(({ caseId }) => caseId))
  const unlisted = [...cases]
    .filter((caseId) => !listed.has(caseId))
    .map((caseId) => `case ${caseId}: newer than the checkpoint, or left out of it`)
  return { part: 'checkpoint', count: listed.size, faults, notes: [`of ${new Date(at).toISOString()}`, ...unlisted] }
}

async function straysReport({ inspection }: Storage, cases: ReadonlySet<CaseId>): Promise<PartReport> {
  const drafts = (await inspection.documents())
    .filter(({ caseId }) => !cases.has(caseId))
    .map(({ caseId }) => `a draft of no case (${caseId})`)
  return { part: 'storage', count: 0, faults: [...(await inspection.strays()), ...drafts], notes: [] }
}
