// What a person and their mediator know of how that person gets in: devices in the order in which they were bound, and what was done besides.
import { audienceKind } from '#shared/kernel/audience.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { type AccessChange, accessChanged } from './access-protocol.ts'

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
  readonly confirmed: boolean
  readonly ended: boolean
}

/** In the order in which they were bound. Those from before there were such events are missing: they are older than all of these. */
export function devicesIn(state: AccessState | undefined): readonly BoundDevice[] {
  const entries = state?.entries ?? []
  const happened = (what: AccessChange['what'], deviceId: string) =>
    entries.some((entry) => entry.what === what && 'deviceId' in entry && entry.deviceId === deviceId)
  return entries.flatMap((entry) => {
    if (entry.what !== 'device-bound') return []
    const { deviceId, device, code, at } = entry
    return [{ deviceId, device, code, at, confirmed: happened('device-confirmed', deviceId), ended: happened('device-ended', deviceId) }]
  })
}

/** Later devices than this one that nobody has answered for yet. */
export function devicesToAnswer(state: AccessState | undefined, own: string): readonly BoundDevice[] {
  const devices = devicesIn(state)
  const later = devices.slice(devices.findIndex(({ deviceId }) => deviceId === own) + 1)
  return later.filter(({ confirmed, ended }) => !confirmed && !ended)
}
