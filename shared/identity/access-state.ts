// What a person and their mediator know of how that person gets in: devices in the order in which they were bound, and what was done besides.
import { audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { type AccessChange, accessChanged, type ContactWay } from './access-protocol.ts'

export type AccessEntry = AccessChange & { readonly at: number }

export interface AccessState {
  readonly entries: readonly AccessEntry[]
}

export const accessFold: Fold<AccessState> = {
  name: 'access',
  initial: { entries: [] },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'direct' || !isEvent(event, accessChanged)) return state
    return { entries: [...state.entries, { ...event.body, at: event.at }] }
  },
}

export interface BoundDevice {
  readonly deviceId: string
  readonly device: string
  readonly code: Extract<AccessChange, { what: 'device-bound' }>['code']
  readonly at: number
  readonly ended: boolean
}

/** In the order in which they were bound. Those from before there were such events are missing: they are older than all of these. */
export function devicesIn(state: AccessState | undefined): readonly BoundDevice[] {
  const entries = state?.entries ?? []
  const isEnded = (deviceId: string) => entries.some((entry) => entry.what === 'device-ended' && entry.deviceId === deviceId)
  return entries.flatMap((entry) => {
    if (entry.what !== 'device-bound') return []
    const { deviceId, device, code, at } = entry
    return [{ deviceId, device, code, at, ended: isEnded(deviceId) }]
  })
}

/**
 * Later devices than this one that nobody has answered for yet. The word of an earlier device counts here, and that of a later one only once
 * it was answered for itself: two devices of a stranger must not answer for each other.
 */
export function devicesToAnswer(state: AccessState | undefined, own: string): readonly BoundDevice[] {
  const devices = devicesIn(state)
  const order = devices.map(({ deviceId }) => deviceId)
  const at = order.indexOf(own)
  const later = devices.slice(at + 1)
  const answered = new Set<string>()
  const counts = (device: string) => answered.has(device) || order.indexOf(device) <= at
  for (const { deviceId } of later) {
    const words = state?.entries.filter((entry) => entry.what === 'device-confirmed' && entry.deviceId === deviceId && counts(entry.with))
    if (words && words.length > 0) answered.add(deviceId)
  }
  return later.filter(({ deviceId, ended }) => !ended && !answered.has(deviceId))
}

/** Whether the person has said on another device of theirs that this one is not theirs; a mediator who ends a device says nothing of whose it is. */
function isDisowned(state: AccessState | undefined, deviceId: string, person: ParticipantId): boolean {
  return state?.entries.some((entry) => entry.what === 'device-ended' && entry.deviceId === deviceId && entry.by === person) ?? false
}

export interface ShownContact {
  readonly way: ContactWay
  /** Where the person showed that it reaches them. */
  readonly deviceId: string
}

/** By which way codes for signing go; undefined where no address stands, or the device it was shown on is not the person's. */
export function contactIn(state: AccessState | undefined, person: ParticipantId): ShownContact | undefined {
  const last = state?.entries.findLast((entry) => entry.what === 'contact-confirmed' || entry.what === 'contact-removed')
  return last?.what === 'contact-confirmed' && !isDisowned(state, last.deviceId, person) ? last : undefined
}

/** Devices that this one has said to be the same person's, and those that they have said it of in turn. */
export function answeredFor(state: AccessState | undefined, by: string): ReadonlySet<string> {
  const found = new Set([by])
  for (const entry of state?.entries ?? []) if (entry.what === 'device-confirmed' && found.has(entry.with)) found.add(entry.deviceId)
  return found
}
