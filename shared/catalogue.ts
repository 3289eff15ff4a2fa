// The capabilities, from left to right, as device and server both know them.
import type { Act } from '#shared/kernel/act.ts'
import type { Capability } from '#shared/log/capability.ts'
import type { Fold } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { FIRST, FIRST_KINDS } from './first-catalogue.ts'
import { LATER, LATER_KINDS } from './later-catalogue.ts'

const CAPABILITIES: readonly Capability[] = [...FIRST, ...LATER]

export const ACTS: readonly Act[] = CAPABILITIES.flatMap(({ acts }) => acts)
export const EVENTS: readonly EventDefinition[] = [bodyRedacted, ...CAPABILITIES.flatMap(({ events }) => events)]
export const FOLDS: readonly Fold[] = CAPABILITIES.flatMap(({ folds }) => folds)

/** As a device reads them once it has all of them. */
export const DEVICE_EVENTS: readonly EventDefinition[] = [...FIRST_KINDS.events, ...LATER_KINDS.events]
export const DEVICE_FOLDS: readonly Fold[] = [...FIRST_KINDS.folds, ...LATER_KINDS.folds]
