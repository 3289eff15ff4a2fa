// The capabilities, from left to right, as device and server both know them.
import { calls } from '#shared/calls/capability.ts'
import { cases } from '#shared/cases/capability.ts'
import { caucus } from '#shared/caucus/capability.ts'
import { childReport } from '#shared/child-report/capability.ts'
import { crossing } from '#shared/crossing/capability.ts'
import { drafting } from '#shared/drafting/capability.ts'
import { files } from '#shared/files/capability.ts'
import { identity } from '#shared/identity/capability.ts'
import { jointRecord } from '#shared/joint-record/capability.ts'
import type { Act } from '#shared/kernel/act.ts'
import type { Capability } from '#shared/log/capability.ts'
import type { Fold } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { messaging } from '#shared/messaging/capability.ts'
import { preparation } from '#shared/preparation/capability.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { rooms } from '#shared/rooms/capability.ts'
import { scheduling } from '#shared/scheduling/capability.ts'
import { signing } from '#shared/signing/capability.ts'
import { waiting } from '#shared/waiting/capability.ts'

const CAPABILITIES: readonly Capability[] = [
  identity,
  cases,
  rooms,
  messaging,
  caucus,
  files,
  drafting,
  signing,
  jointRecord,
  childReport,
  scheduling,
  preparation,
  crossing,
  calls,
  waiting,
]

export const ACTS: readonly Act[] = CAPABILITIES.flatMap(({ acts }) => acts)
export const EVENTS: readonly EventDefinition[] = [bodyRedacted, ...CAPABILITIES.flatMap(({ events }) => events)]
export const FOLDS: readonly Fold[] = CAPABILITIES.flatMap(({ folds }) => folds)

/** As a device reads them. */
export const DEVICE_EVENTS: readonly EventDefinition[] = [...EVENTS, ...CAPABILITIES.flatMap(({ deviceEvents }) => deviceEvents)]
export const DEVICE_FOLDS: readonly Fold[] = [...FOLDS, ...CAPABILITIES.flatMap(({ deviceFolds }) => deviceFolds)]
