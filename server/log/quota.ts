// What one person may write in one case: by the minute, in a day, in all. It is counted per person and never per case, so that a refusal
// and a warning follow from the actor's own doings alone; the sum over the people of a case bounds the case.
import { countedBytes } from '#server/storage/destroyed-bytes.ts'
import type { StoredEvent } from '#server/storage/ports.ts'
import type { Actor, By } from '#shared/kernel/actor.ts'
import { Allowance, type AllowanceRate } from '#shared/kernel/allowance.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { QuotaWeight } from '#shared/log/decide.ts'
import type { LogReason } from '#shared/log/log-protocol.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { QuotaNear } from '#shared/protocol/wire.ts'

export interface Quota {
  readonly entriesBurst: number
  readonly entriesPerMinute: number
  readonly bytesBurst: number
  readonly bytesPerMinute: number
  readonly bytesPerDay: number
  readonly bytesInAll: number
  readonly entriesInAll: number
}

/** A long day of fast typists is a tenth of it. */
export const QUOTA: Quota = {
  entriesBurst: 120,
  entriesPerMinute: 60,
  bytesBurst: 256 * 1024,
  bytesPerMinute: 128 * 1024,
  bytesPerDay: 2 * 1024 * 1024,
  bytesInAll: 20 * 1024 * 1024,
  entriesInAll: 20_000,
}

/** A mediator talks with every side. */
const MEDIATOR_TIMES = 4
/** Beyond the measure of words a tenth is left for acts: entering, being ready, signing. */
const ACTS_BEYOND = 1.1
const NEAR = 0.8
const DAY = 86_400_000

export function scaledQuota(quota: Quota, times: number): Quota {
  return {
    entriesBurst: quota.entriesBurst * times,
    entriesPerMinute: quota.entriesPerMinute * times,
    bytesBurst: quota.bytesBurst * times,
    bytesPerMinute: quota.bytesPerMinute * times,
    bytesPerDay: quota.bytesPerDay * times,
    bytesInAll: quota.bytesInAll * times,
    entriesInAll: quota.entriesInAll * times,
  }
}

export function quotaFor(quota: Quota, actor: Actor): Quota {
  return actor.kind === 'person' && mediates(actor) ? scaledQuota(quota, MEDIATOR_TIMES) : quota
}

/** What somebody has written in a case, as its log says: the same after a restart and on every server. */
export interface Spent {
  readonly bytes: number
  readonly entries: number
  readonly day: number
  readonly bytesOfDay: number
}
export type SpentByPerson = ReadonlyMap<By, Spent>

const NOTHING: Spent = { bytes: 0, entries: 0, day: 0, bytesOfDay: 0 }
const dayOf = (at: number) => Math.floor(at / DAY)

/** The same before and after a body is destroyed: that somebody takes words away changes nothing of what their author may write. */
export function sizeOf(events: readonly StoredEvent[]): number {
  return events.reduce((sum, { encryptedBody, destroyedBytes }) => sum + (destroyedBytes ?? countedBytes(encryptedBody?.length ?? 0)), 0)
}

/** Without what costs nobody anything. */
export function countedIn(events: readonly StoredEvent[], definitions: ReadonlyMap<string, EventDefinition>): readonly StoredEvent[] {
  return events.some(({ type }) => definitions.get(type)?.uncounted)
    ? events.filter(({ type }) => !definitions.get(type)?.uncounted)
    : events
}

export function spend(spent: SpentByPerson, by: By, events: readonly StoredEvent[]): SpentByPerson {
  const [first] = events
  if (by === 'system' || !first) return spent
  const { bytes, entries, day, bytesOfDay } = spent.get(by) ?? NOTHING
  const size = sizeOf(events)
  const today = dayOf(first.at)
  return new Map(spent).set(by, {
    bytes: bytes + size,
    entries: entries + events.length,
    day: today,
    // Another day by the server's clock, be it an earlier one: a clock that jumped locks nobody out, and what is written in all still counts.
    bytesOfDay: (today === day ? bytesOfDay : 0) + size,
  })
}

/** Why this person may write no more at present; asked before anything is read of what they want to write. */
export function quotaRefusal(quota: Quota, spent: Spent | undefined, weight: QuotaWeight, now: number): Problem | undefined {
  if (!spent || weight === 'none') return undefined
  const beyond = weight === 'acts' ? ACTS_BEYOND : 1
  if (spent.bytes >= quota.bytesInAll * beyond || spent.entries >= quota.entriesInAll * beyond)
    return refusal('conflict', 'log/case-full', {})
  if (weight !== 'words' || spent.day !== dayOf(now) || spent.bytesOfDay < quota.bytesPerDay) return undefined
  return refusal('conflict', 'log/day-full', { hours: Math.ceil(((spent.day + 1) * DAY - now) / 3_600_000) })
}

function refusal(kind: Problem['kind'], reason: LogReason, details: Record<string, number>): Problem {
  return { kind, reason, details }
}

/** What is refused soon, from four fifths on; the most lasting first. */
export function quotaNear(quota: Quota, spent: Spent | undefined, meter: Meter | undefined, now: number): QuotaNear | undefined {
  const { bytes, entries, day, bytesOfDay } = spent ?? NOTHING
  const parts: readonly (readonly [QuotaNear['of'], number])[] = [
    ['case', Math.max(bytes / quota.bytesInAll, entries / quota.entriesInAll)],
    ['day', day === dayOf(now) ? bytesOfDay / quota.bytesPerDay : 0],
    ['minute', meter?.used(quota, now) ?? 0],
  ]
  const [of, part] = parts.find(([, each]) => each >= NEAR) ?? []
  return of && part !== undefined ? { of, percent: Math.min(100, Math.floor(part * 100)) } : undefined
}

const entriesOf = ({ entriesBurst, entriesPerMinute }: Quota): AllowanceRate => ({ burst: entriesBurst, perMinute: entriesPerMinute })
const bytesOf = ({ bytesBurst, bytesPerMinute }: Quota): AllowanceRate => ({ burst: bytesBurst, perMinute: bytesPerMinute })

/** The minute's measure of one person, in memory alone. */
export class Meter {
  readonly #entries: Allowance
  readonly #bytes: Allowance

  constructor(quota: Quota, now: number) {
    this.#entries = new Allowance(entriesOf(quota), now)
    this.#bytes = new Allowance(bytesOf(quota), now)
  }

  refusal(quota: Quota, now: number): Problem | undefined {
    const { entries, bytes } = this.#left(quota, now)
    if (entries >= 1 && bytes >= 0) return undefined
    const minutes = Math.max((1 - entries) / quota.entriesPerMinute, -bytes / quota.bytesPerMinute)
    return refusal('too-many', 'log/too-fast', { seconds: Math.max(1, Math.ceil(minutes * 60)) })
  }

  /** May run into debt by one commit: its size is known only once it is made. */
  charge(entries: number, bytes: number): void {
    this.#entries.charge(entries)
    this.#bytes.charge(bytes)
  }

  used(quota: Quota, now: number): number {
    const { entries, bytes } = this.#left(quota, now)
    return Math.max(1 - entries / quota.entriesBurst, 1 - bytes / quota.bytesBurst)
  }

  #left(quota: Quota, now: number): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#entries.left(entriesOf(quota), now), bytes: this.#bytes.left(bytesOf(quota), now) }
  }
}
