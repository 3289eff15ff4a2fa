// Projections against the log that they follow from: what stands of each case is what would be made of it now.
import { SERVER_FOLDS, SERVER_PROJECTIONS } from '#server/catalogue.ts'
import { EMPTY_CASE, foldCommit, type LoadedCase } from '#server/log/case-state.ts'
import { parseEvent } from '#server/log/event-codec.ts'
import { changedDocuments, projectedCase } from '#server/log/projected-case.ts'
import { type Projection, tableOf } from '#server/log/projection.ts'
import type { LogStore, ProjectionStore, RecordStore } from '#server/storage/ports.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { withoutRedacted } from '#shared/log/redaction.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

interface Deps {
  /** Decrypted. */
  readonly projections: ProjectionStore
  readonly records: Pick<RecordStore, 'get'>
  readonly log: Pick<LogStore, 'headOf'>
  readonly definitions: ReadonlyMap<string, EventDefinition>
}

interface Case {
  readonly caseId: CaseId
  readonly wires: readonly WireEvent[]
}

interface Found {
  readonly count: number
  readonly faults: readonly string[]
  readonly notes: readonly string[]
}

const ALL = Number.MAX_SAFE_INTEGER
const WAY_OUT = 'npm run rebuild -- projections'

export async function verifyProjections(deps: Deps, cases: readonly Case[]): Promise<Found> {
  const known = new Set(SERVER_PROJECTIONS.map(tableOf))
  const foreign = (await deps.projections.tables()).filter((name) => !known.has(name))
  const all: Found[] = [
    { count: 0, faults: [], notes: foreign.map((name) => `${name}: of no projection here; a later start drops it (harmless)`) },
  ]
  for (const projection of SERVER_PROJECTIONS) all.push(await verifyTable(deps, projection, cases))
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    faults: all.flatMap(({ faults }) => faults),
    notes: all.flatMap(({ notes }) => notes),
  }
}

async function verifyTable(deps: Deps, projection: Projection, cases: readonly Case[]): Promise<Found> {
  const name = tableOf(projection)
  const faults: string[] = []
  const notes: string[] = []
  const positions = new Map((await deps.projections.positions(name, '', ALL)).map((each) => [each.caseId, each.commitNumber]))
  for (const { caseId, wires } of cases) {
    const [position, head] = [positions.get(caseId) ?? 0, await deps.log.headOf(caseId)]
    positions.delete(caseId)
    if (position > head) faults.push(`${name}: case ${caseId}: made of a record that goes on further: ${WAY_OUT}`)
    else if (position < head) notes.push(`${name}: case ${caseId}: behind; the next start brings it up to date (harmless)`)
    else if (!(await stands(deps, projection, { caseId, wires }, head)))
      faults.push(`${name}: case ${caseId}: not what follows from its record: ${WAY_OUT}`)
  }
  for (const caseId of positions.keys()) faults.push(`${name}: case ${caseId} is not here: ${WAY_OUT}`)
  return { count: cases.length, faults, notes }
}

/** False for what does not open, too: it was changed, or stands in another's place. */
async function stands(deps: Deps, projection: Projection, of: Case, commitNumber: number): Promise<boolean> {
  const state = folded(of, commitNumber, deps.definitions)
  if (!state) return true // named event by event elsewhere
  try {
    const standing = await deps.projections.ofCase(tableOf(projection), of.caseId)
    const documents = await projectedCase(projection, of.caseId, { state, records: deps.records })
    return documents === undefined || changedDocuments(documents, standing, commitNumber).length === 0
  } catch {
    return false
  }
}

function folded({ wires }: Case, commitNumber: number, definitions: ReadonlyMap<string, EventDefinition>): LoadedCase | undefined {
  try {
    const events = withoutRedacted(wires).map((wire) => parseEvent(wire, definitions))
    return foldCommit(EMPTY_CASE, commitNumber, events, { folds: SERVER_FOLDS, definitions })
  } catch {
    return undefined
  }
}
