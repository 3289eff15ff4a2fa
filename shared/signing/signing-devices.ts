// Which of a person's devices came in before a text was closed for signing: told by the order of events, never by a clock.
import { accessChanged } from '#shared/identity/access-protocol.ts'
import { audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { signingBegun } from './begun-protocol.ts'

export interface SigningDevices {
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
