// The capabilities, from left to right, as the server runs them; with what can be asked, what can happen and what is read of it.
import { calls } from '#server/calls/capability.ts'
import { cases } from '#server/cases/capability.ts'
import { caucus } from '#server/caucus/capability.ts'
import { childReport } from '#server/child-report/capability.ts'
import { crossing } from '#server/crossing/capability.ts'
import { drafting } from '#server/drafting/capability.ts'
import { files } from '#server/files/capability.ts'
import { identity } from '#server/identity/capability.ts'
import { jointRecord } from '#server/joint-record/capability.ts'
import type { Projection } from '#server/log/projection.ts'
import { messaging } from '#server/messaging/capability.ts'
import { preparation } from '#server/preparation/capability.ts'
import { rooms } from '#server/rooms/capability.ts'
import { scheduling } from '#server/scheduling/capability.ts'
import { signing } from '#server/signing/capability.ts'
import { waiting } from '#server/waiting/capability.ts'
import { EVENTS, FOLDS } from '#shared/catalogue.ts'
import type { Rule } from '#shared/log/decide.ts'
import type { Fold } from '#shared/log/fold.ts'
import { redactionFold } from '#shared/log/redaction.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { ServerCapability } from './capability.ts'

// biome-ignore lint/suspicious/noExplicitAny: what each of them offers is known where it is used
export const SERVER_CAPABILITIES: readonly ServerCapability<any>[] = [
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

export const RULES: readonly Rule[] = SERVER_CAPABILITIES.flatMap(({ rules }) => rules)
export const SERVER_EVENTS: readonly EventDefinition[] = [...EVENTS, ...SERVER_CAPABILITIES.flatMap(({ events }) => events)]
export const SERVER_PROJECTIONS: readonly Projection[] = SERVER_CAPABILITIES.flatMap(({ projections }) => projections)
export const SERVER_FOLDS: readonly Fold[] = [redactionFold as Fold, ...FOLDS, ...SERVER_CAPABILITIES.flatMap(({ folds }) => folds)]
