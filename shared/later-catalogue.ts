// What a device fetches with the first event of a kind that first-catalogue.ts does not have. From left to right. Its folds make nothing of the
// events in that catalogue, so that it is never too late for them: the test of the catalogues holds it.
import { calls } from '#shared/calls/capability.ts'
import { childReport } from '#shared/child-report/capability.ts'
import { crossing } from '#shared/crossing/capability.ts'
import { drafting } from '#shared/drafting/capability.ts'
import { jointRecord } from '#shared/joint-record/capability.ts'
import { type Capability, deviceKinds, type Kinds } from '#shared/log/capability.ts'
import { preparation } from '#shared/preparation/capability.ts'
import { scheduling } from '#shared/scheduling/capability.ts'
import { signing } from '#shared/signing/capability.ts'
import { waiting } from '#shared/waiting/capability.ts'

export const LATER: readonly Capability[] = [drafting, signing, jointRecord, childReport, scheduling, preparation, crossing, calls, waiting]

export const LATER_KINDS: Kinds = deviceKinds(LATER)
