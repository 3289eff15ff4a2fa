// What stands beside a commit under its audience's key. The first half tells a retry from another command under a used id. The second
// binds everything about the commit that no event's hash covers: its number, its command's id, which events belong together in which order.
import type { Mac } from '#server/kernel/digest.ts'
import type { Commit } from '#server/storage/ports.ts'
import { concat, equalBytes } from '#shared/kernel/bytes.ts'
import { lengthPrefixed } from '#shared/log/event.ts'
import type { AudienceKey } from './derived-keys.ts'

const HALF = 32

type Keyed = Pick<AudienceKey, 'inEpoch'>
type Unmarked = Omit<Commit, 'commandMac'>

/** `name` and `input` of the command; `key` is that of the first event's audience. */
export function commandMac(key: Keyed, commit: Unmarked, name: string, input: unknown): Uint8Array {
  const { derivation, mac } = key.inEpoch(epochOf(commit))
  const content = mac(lengthPrefixed(name, JSON.stringify(input)))
  return derivation === 0 ? content : concat(content, commitMac(mac, commit, content))
}

/** Whether the stored commit is of this command. */
export function isOfCommand(key: Keyed, commit: Commit, name: string, input: unknown): boolean {
  const content = key.inEpoch(epochOf(commit)).mac(lengthPrefixed(name, JSON.stringify(input)))
  return equalBytes(commit.commandMac.subarray(0, HALF), content)
}

/** Whether a commit stands as it was written. Those of before keys were derived say nothing of it: `undefined`. */
export function isCommitWhole(key: Keyed, commit: Commit): boolean | undefined {
  const { derivation, mac } = key.inEpoch(epochOf(commit))
  if (derivation === 0) return commit.commandMac.length === HALF ? undefined : false
  const content = commit.commandMac.subarray(0, HALF)
  return equalBytes(commit.commandMac.subarray(HALF), commitMac(mac, commit, content))
}

/** For a commit whose content is forgotten: what could be guessed from the command's MAC goes, what keeps the commit in its place stays. */
export function withoutContent(key: Keyed, commit: Commit): Uint8Array {
  const { derivation, mac } = key.inEpoch(epochOf(commit))
  const nothing = new Uint8Array(HALF)
  return derivation === 0 ? nothing : concat(nothing, commitMac(mac, commit, nothing))
}

function commitMac(mac: Mac, { caseId, commitNumber, by, commandId, events }: Unmarked, content: Uint8Array): Uint8Array {
  const places = events.flatMap(({ audience, hash }) => [audience, hash])
  return mac(lengthPrefixed('bitim-commit/1', caseId, String(commitNumber), by, commandId, content, ...places))
}

function epochOf({ events }: Unmarked): number {
  return events[0]?.epoch ?? 0
}
