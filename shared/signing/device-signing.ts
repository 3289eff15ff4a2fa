// Which of a person's devices may sign which version: those that were bound before the text was closed for signing, whose lines its
// certificate tells; a later one only after an earlier one has said that it is the same person's.
import { accessFold, type BoundDevice, devicesIn } from '#shared/identity/access-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { type SigningDevices, signingDevicesFold } from './signing-devices.ts'

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
