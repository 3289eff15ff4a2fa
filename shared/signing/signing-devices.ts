// Which of a person's devices may sign which version: those that were bound before the text was closed for signing, whose lines its
// certificate tells; a later one only after an earlier one has said that it is the same person's. Told by the order of events, never by a clock.
import { accessChanged } from '#shared/identity/access-protocol.ts'
import { accessFold, type BoundDevice, devicesIn } from '#shared/identity/access-state.ts'
import { audienceKind, directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { signingBegun } from './signing-protocol.ts'

interface SigningDevices {
  /** In the order in which they were bound. */
  readonly bound: readonly string[]
  /** By which earlier device each was confirmed. */
  readonly confirmedBy: Readonly<Record<string, string>>
  /** How many were bound when signing of a version began. */
  readonly known: Readonly<Record<VersionId, number>>
}

/** Folded from a person's own line to the mediator. */
export const signingDevicesFold: Fold<SigningDevices> = {
  name: 'signing-devices',
  initial: { bound: [], confirmedBy: {}, known: {} },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'direct') return state
    if (isEvent(event, signingBegun)) return { ...state, known: { ...state.known, [event.body.versionId]: state.bound.length } }
    if (!isEvent(event, accessChanged)) return state
    const { body } = event
    if (body.what === 'device-bound') return { ...state, bound: [...state.bound, body.deviceId] }
    if (body.what === 'device-confirmed') return { ...state, confirmedBy: { ...state.confirmedBy, [body.deviceId]: body.with } }
    return state
  },
}

/** A version that was closed before such events were written names no devices; a device from before them is older than all. */
export function mayDeviceSign(state: SigningDevices | undefined, versionId: VersionId, deviceId: string): boolean {
  const known = state?.known[versionId]
  if (!state || known === undefined) return true
  const at = state.bound.indexOf(deviceId)
  if (at < known) return true
  const by = state.confirmedBy[deviceId]
  return by !== undefined && state.bound.indexOf(by) < at && mayDeviceSign(state, versionId, by)
}

/** Devices of a person that have come in since, and wait for an earlier one's word. */
export function waitingDevices(view: Pick<View, 'state'>, versionId: VersionId, person: ParticipantId): readonly BoundDevice[] {
  const own = directAudience(person)
  const devices = view.state(signingDevicesFold, own)
  return devicesIn(view.state(accessFold, own)).filter(({ deviceId, ended }) => !ended && !mayDeviceSign(devices, versionId, deviceId))
}
