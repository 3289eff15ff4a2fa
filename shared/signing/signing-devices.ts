// Which of a person's devices may sign which version: those that were bound before the text was closed for signing, whose lines its
// certificate tells; a later one only after an earlier one has said that it is the same person's. Told by the order of events, never by a clock.
import { accessChanged } from '#shared/identity/access-protocol.ts'
import { accessFold, type BoundDevice, devicesIn } from '#shared/identity/access-state.ts'
import { audienceKind, audienceSubject, directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { signingBegun } from './begun-protocol.ts'

interface SigningDevices {
  /** In the order in which they were bound. */
  readonly bound: readonly string[]
  /** By which devices each was confirmed. */
  readonly confirmedBy: Readonly<Record<string, readonly string[]>>
  /** Said by the person, on another device, not to be theirs: what they said of others counts no more. */
  readonly disowned: readonly string[]
  /** How many were bound when signing of a version began. */
  readonly known: Readonly<Record<VersionId, number>>
}

/** Folded from a person's own line to the mediator. */
export const signingDevicesFold: Fold<SigningDevices> = {
  name: 'signing-devices',
  initial: { bound: [], confirmedBy: {}, disowned: [], known: {} },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'direct') return state
    if (isEvent(event, signingBegun)) return { ...state, known: { ...state.known, [event.body.versionId]: state.bound.length } }
    if (!isEvent(event, accessChanged)) return state
    const { body } = event
    if (body.what === 'device-bound') return { ...state, bound: [...state.bound, body.deviceId] }
    if (body.what === 'device-confirmed') {
      const words = [...(state.confirmedBy[body.deviceId] ?? []), body.with]
      return { ...state, confirmedBy: { ...state.confirmedBy, [body.deviceId]: words } }
    }
    const byPerson = body.what === 'device-ended' && body.by === audienceSubject(event.audience)
    return byPerson ? { ...state, disowned: [...state.disowned, body.deviceId] } : state
  },
}

/** A version that was closed before such events were written names no devices; a device from before them is older than all. */
export function mayDeviceSign(state: SigningDevices | undefined, versionId: VersionId, deviceId: string): boolean {
  const known = state?.known[versionId]
  if (!state || known === undefined) return true
  const { bound, confirmedBy, disowned } = state
  const order = new Map(bound.map((id, at) => [id, at]))
  const placeOf = (id: string) => order.get(id) ?? -1
  if (placeOf(deviceId) < known) return true
  // Each once, in their order: a word is an earlier device's, and however many words there are, none is followed twice.
  const good = new Set<string>()
  for (const [at, id] of bound.entries()) {
    const counts = (by: string) => placeOf(by) < at && !disowned.includes(by) && (placeOf(by) < known || good.has(by))
    if (at >= known && confirmedBy[id]?.some(counts)) good.add(id)
  }
  return good.has(deviceId)
}

/** Devices of a person that have come in since, and wait for an earlier one's word. */
export function waitingDevices(view: Pick<View, 'state'>, versionId: VersionId, person: ParticipantId): readonly BoundDevice[] {
  const own = directAudience(person)
  const devices = view.state(signingDevicesFold, own)
  return devicesIn(view.state(accessFold, own)).filter(({ deviceId, ended }) => !ended && !mayDeviceSign(devices, versionId, deviceId))
}
