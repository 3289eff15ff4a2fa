// How far each case's log stands: its last commit, and the head of each audience. A log may go on beyond its checkpoint, never end before it.
import { sha256Text } from '#server/kernel/digest.ts'
import type { Commit, LogStore } from '#server/storage/ports.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'

export interface AudienceHead {
  readonly epoch: number
  readonly seq: number
  /** base64url */
  readonly hash: string
}

export interface LogHead {
  readonly caseId: CaseId
  /** Number of the last commit, and a digest of its events' hashes. */
  readonly commitNumber: number
  readonly digest: string
  /** What was there when this checkpoint began, whole: commits of before 2.2 say nothing of themselves but their events. */
  readonly taken?: { readonly commitNumber: number; readonly digest: string }
  /** By audience. */
  readonly heads: Readonly<Record<string, AudienceHead>>
}

export const CASE = 'case/'
const PAGE = 200

export function commitDigest(events: readonly { readonly audience: Audience; readonly hash: Uint8Array | string }[]): string {
  const hashText = (hash: Uint8Array | string) => (typeof hash === 'string' ? hash : base64url(hash))
  const places = events.map(({ audience, hash }) => [audience, hashText(hash)])
  return sha256Text(JSON.stringify(places))
}

/** Over everything of a commit that stays when its content is forgotten, and the commits before it. */
export function runningDigest(before: string, { commitNumber, by, commandId, events }: Commit): string {
  return sha256Text(JSON.stringify([before, commitNumber, by, commandId, commitDigest(events)]))
}

type ReadLog = Pick<LogStore, 'readCase' | 'headOf'>

/** Reads on from `known`, or the whole case; undefined for one without commits. */
export async function readHead(log: ReadLog, caseId: CaseId, known: LogHead | undefined): Promise<LogHead | undefined> {
  let head = known
  for (;;) {
    const page = await log.readCase(caseId, head?.commitNumber ?? 0, PAGE)
    for (const commit of page) head = onward(head, commit)
    if (page.length < PAGE) return head
  }
}

function onward(before: LogHead | undefined, { caseId, commitNumber, events }: Commit): LogHead {
  const heads: Record<string, AudienceHead> = { ...before?.heads }
  for (const { audience, epoch, seq, hash } of events) heads[audience] = { epoch, seq, hash: base64url(hash) }
  return { caseId, commitNumber, digest: commitDigest(events), heads }
}

/** As `readHead` of the whole case, with all of it written down. */
export async function takeHead(log: ReadLog, caseId: CaseId): Promise<LogHead | undefined> {
  let head: LogHead | undefined
  let digest = ''
  for (;;) {
    const page = await log.readCase(caseId, head?.commitNumber ?? 0, PAGE)
    for (const commit of page) {
      head = onward(head, commit)
      digest = runningDigest(digest, commit)
    }
    if (page.length < PAGE) return head && { ...head, taken: { commitNumber: head.commitNumber, digest } }
  }
}

/** Words for what is wrong, undefined for nothing. Looks at the end and at one commit alone: the rest is `log:verify`'s. */
export async function headFault(log: ReadLog, { caseId, commitNumber, digest }: LogHead): Promise<string | undefined> {
  if ((await log.headOf(caseId)) < commitNumber) return `case ${caseId}: its record was cut off or put back`
  const [commit] = await log.readCase(caseId, commitNumber - 1, 1).catch(() => []) // unreadable: not what was written
  return commit && commitDigest(commit.events) === digest ? undefined : `case ${caseId}: its record is not the one that was written`
}
