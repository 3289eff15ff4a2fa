// How the signers of the sides got in, as the release seals it and the certificate of completion tells it (F131).
import { type AccessEntry, accessFold } from '#shared/identity/access-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { type AccessLine, MAX_ACCESS_LINES } from './sealed-records.ts'

/**
 * Signer by signer, each in the order in which it happened; of very many the last of each. A mediator can make links and change addresses
 * as often as they like: of those with nothing in between only the last stands, so that no number of them pushes a device out.
 */
export function accessLines(view: Pick<View, 'state'>, signers: readonly ParticipantId[]): readonly AccessLine[] {
  const all = signers.map((participantId) => {
    const entries = view.state(accessFold, directAudience(participantId))?.entries ?? []
    return told(entries).map((entry) => lineOf(participantId, entry, entries))
  })
  const shares = sharesOf(all.map((lines) => lines.length))
  return all.flatMap((lines, at) => lines.slice(lines.length - (shares[at] ?? 0)))
}

/** Room for each: what some do not need is left to those with more. */
function sharesOf(counts: readonly number[]): readonly number[] {
  const shares = counts.map(() => 0)
  let left = MAX_ACCESS_LINES
  const byNeed = [...counts.entries()].sort(([, a], [, b]) => a - b)
  for (const [turn, [at, count]] of byNeed.entries()) {
    const share = Math.min(count, Math.floor(left / (byNeed.length - turn)))
    shares[at] = share
    left -= share
  }
  return shares
}

/** What is said over and over with nothing between it but more of the kind that a mediator may repeat is told once, the last time. */
function told(entries: readonly AccessEntry[]): readonly AccessEntry[] {
  const repeated = new Set<string>()
  const isTold = (entry: AccessEntry) => {
    const same = entry.what === 'contacts-changed' ? `${entry.what} ${entry.by}` : JSON.stringify({ ...entry, at: 0 })
    if (repeated.has(same)) return false
    if (entry.what !== 'link-made' && entry.what !== 'contacts-changed') repeated.clear()
    repeated.add(same)
    return true
  }
  return entries.toReversed().filter(isTold).toReversed()
}

function lineOf(participantId: ParticipantId, entry: AccessEntry, entries: readonly AccessEntry[]): AccessLine {
  const { what, at } = entry
  const by = 'by' in entry && entry.by !== participantId ? { by: entry.by } : {}
  const way = entry.what === 'device-bound' ? { way: entry.code } : entry.what === 'contact-confirmed' ? { way: entry.way } : {}
  const bound = 'deviceId' in entry ? entries.find((each) => each.what === 'device-bound' && each.deviceId === entry.deviceId) : undefined
  return { participantId, what, at, ...by, ...(bound?.what === 'device-bound' ? { device: bound.device } : {}), ...way }
}
