// Checks one case as it rests: commits dense, each audience's chain whole, bodies readable or forgotten, heads that were kept elsewhere.
// Tells where something is wrong, never what was said.

import { sha256 } from '#server/kernel/digest.ts'
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import { isCommitWhole } from '#server/log/commit-macs.ts'
import type { AudienceKey } from '#server/log/derived-keys.ts'
import { parseEvent, wireEvent } from '#server/log/event-codec.ts'
import { type LogHead, runningDigest } from '#server/storage/checkpoint/log-heads.ts'
import type { Commit, LogStore, StoredEvent } from '#server/storage/ports.ts'
import { type Audience, isAudience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { nulledEvents } from '#shared/log/redaction.ts'
import { type ChainFault, type ChainHead, verifyChain } from '#shared/log/verify-chain.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

const PAGE = 500

export interface CaseReport {
  readonly caseId: CaseId
  readonly commits: number
  readonly events: number
  /** Bodies that were destroyed, or whose audience's key was. */
  readonly forgotten: number
  readonly audiences: number
  readonly faults: readonly string[]
  /** Told, and no fault. */
  readonly notes: readonly string[]
  /** Every event as its readers get it; without a body where it could not be opened. */
  readonly wires: readonly WireEvent[]
}

export interface CaseDeps {
  readonly log: Pick<LogStore, 'readCase' | 'readAudience' | 'headOf'>
  readonly keys: Pick<AudienceKeys, 'find'>
  readonly definitions: ReadonlyMap<string, EventDefinition>
}

/** Heads that a device or a paper has kept, and those of the checkpoint. */
export interface KnownHeads {
  readonly given: ReadonlyMap<Audience, ChainHead>
  readonly checkpoint: LogHead | undefined
}

export async function verifyCase(deps: CaseDeps, caseId: CaseId, known: KnownHeads): Promise<CaseReport> {
  const faults: string[] = []
  const { commits, audiences } = await readCommits(deps, caseId, { faults, taken: known.checkpoint?.taken })
  const wires: WireEvent[] = []
  let forgotten = 0
  const names = new Set([...audiences.keys(), ...known.given.keys(), ...(Object.keys(known.checkpoint?.heads ?? {}) as Audience[])]) // as they were written
  for (const audience of names) {
    const heads = { given: known.given.get(audience), checkpoint: known.checkpoint?.heads[audience] }
    const found = await verifyAudience(deps, { caseId, audience, byCommit: audiences.get(audience) ?? [], ...heads })
    wires.push(...found.wires)
    forgotten += found.forgotten
    faults.push(...found.faults.map((fault) => `${audience}: ${fault}`))
  }
  return { caseId, commits, events: wires.length, forgotten, audiences: audiences.size, faults, notes: [], wires }
}

/** The events as their commits hold them, by audience. */
async function readCommits({ log, keys }: CaseDeps, caseId: CaseId, { faults, taken }: { faults: string[]; taken: LogHead['taken'] }) {
  const audiences = new Map<Audience, StoredEvent[]>()
  const commands = new Set<string>()
  const head = await log.headOf(caseId)
  let commitNumber = 0
  let commits = 0
  let digest = ''
  for (let after = 0; after < head; after = Math.max(commitNumber, after + PAGE)) {
    const page = await log.readCase(caseId, after, PAGE).catch(unreadable<Commit>(faults, 'its commits cannot be read'))
    for (const commit of page) {
      if (commit.commitNumber !== commitNumber + 1) faults.push(`commits ${commitNumber + 1} to ${commit.commitNumber - 1} are missing`)
      if (commit.events.length === 0) faults.push(`commit ${commit.commitNumber} holds no event`)
      const command = `${commit.by} ${commit.commandId}`
      if (commands.has(command)) faults.push(`commit ${commit.commitNumber} repeats a command`)
      commands.add(command)
      if (commit.events.some(({ by }) => by !== commit.by)) faults.push(`commit ${commit.commitNumber} is not by whom its events are`)
      const key = await keys.find(caseId, commit.events[0]?.audience ?? 'case').catch(() => undefined) // said of its audience below
      if (key && isCommitWhole(key, commit) === false)
        faults.push(`commit ${commit.commitNumber} was changed, or stands in another's place`)
      for (const event of commit.events) audiences.set(event.audience, [...(audiences.get(event.audience) ?? []), event])
      commitNumber = commit.commitNumber
      commits++
      digest = runningDigest(digest, commit)
      if (commitNumber === taken?.commitNumber && digest !== taken.digest)
        faults.push(`commits 1 to ${commitNumber} are not those that the checkpoint began with`)
    }
  }
  if (commitNumber < head) faults.push(`commits ${commitNumber + 1} to ${head} are missing or unreadable`)
  return { commits, audiences }
}

interface Asked {
  readonly caseId: CaseId
  readonly audience: Audience
  readonly byCommit: readonly StoredEvent[]
  readonly given: ChainHead | undefined
  readonly checkpoint: ChainHead | undefined
}

async function verifyAudience({ log, keys, definitions }: CaseDeps, { caseId, audience, byCommit, given, checkpoint }: Asked) {
  const faults: string[] = []
  if (!isAudience(audience)) faults.push('is not an audience')
  const stored: StoredEvent[] = []
  for (;;) {
    const after = stored.at(-1)?.seq ?? 0
    const page = await log.readAudience(caseId, audience, after, PAGE).catch(unreadable<StoredEvent>(faults, 'its events cannot be read'))
    stored.push(...page)
    if (page.length < PAGE) break
  }
  const inCommits = byCommit.map(({ seq }) => seq)
  const moved = stored.find(({ seq }, index) => seq !== inCommits[index])
  if (moved) faults.push(`event ${moved.seq} does not stand where its commit says`)
  else if (inCommits.length > stored.length) faults.push(`event ${inCommits[stored.length]} of a commit is not among the audience's`)

  const key = await keys.find(caseId, audience).catch(() => {
    faults.push('its key cannot be opened with this master key')
    return undefined
  })
  if (!key && stored.length > 0 && faults.length === 0) faults.push('its key is missing: lost, destroyed, or another installation has it')
  const wires: WireEvent[] = []
  for (const event of stored) wires.push(readable(caseId, event, key, definitions, faults))
  const fault = await verifyChain(wires, sha256, given)
  if (fault && fault.fault !== 'nulled') faults.push(chainWords(fault))
  const back = stored.find((event, index) => event.epoch < (stored[index - 1]?.epoch ?? 0))
  if (back) faults.push(`event ${back.seq} goes back to an earlier epoch`)
  faults.push(...headFaults(wires, checkpoint))
  const empty = new Set(stored.filter(({ encryptedBody }) => encryptedBody === undefined).map(({ seq }) => seq))
  for (const seq of nulledEvents(wires)) if (empty.has(seq)) faults.push(`event ${seq}: its body is gone, and no event says so`)
  return { wires, forgotten: wires.filter(({ body }) => body === null).length, faults }
}

function headFaults(wires: readonly WireEvent[], head: ChainHead | undefined): readonly string[] {
  if (!head || wires[head.seq - 1]?.hash === head.hash) return []
  return head.seq > wires.length
    ? [`the record ends before event ${head.seq} of the checkpoint: its end was cut off`]
    : [`event ${head.seq} is not the one of the checkpoint`]
}

function readable(
  caseId: CaseId,
  event: StoredEvent,
  key: AudienceKey | undefined,
  definitions: ReadonlyMap<string, EventDefinition>,
  faults: string[],
): WireEvent {
  try {
    const wire = wireEvent(caseId, event, key)
    try {
      parseEvent(wire, definitions)
    } catch {
      faults.push(`event ${event.seq} cannot be read by this release`) // a later release's type, or a body that fits none
    }
    return wire
  } catch {
    faults.push(`event ${event.seq}: its body was changed at rest`) // the cipher says so; the chain is still checked without it
    return wireEvent(caseId, event, undefined)
  }
}

function unreadable<T>(faults: string[], words: string) {
  return (): readonly T[] => {
    faults.push(words) // a column of another type, a damaged page
    return []
  }
}

function chainWords({ fault, seq }: ChainFault): string {
  switch (fault) {
    case 'missing':
      return `event ${seq} is missing, or another stands in its place`
    case 'foreign':
      return `event ${seq} belongs to another case or audience`
    case 'body-changed':
      return `event ${seq}: its body was changed`
    case 'header-changed':
      return `event ${seq} was changed, or is not the one that was kept elsewhere`
    case 'not-linked':
      return `event ${seq} does not follow from the one before it: one of the two was changed or replaced`
    case 'malformed':
      return `event ${seq} is malformed`
    case 'nulled':
      return `event ${seq}: its body is gone, and no event says so`
    case 'cut-off':
      return `the record ends before event ${seq}: its end was cut off`
  }
}
