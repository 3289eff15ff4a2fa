// What a device folds from the first event on: what nearly every case has before its first session is over, and what counts in other capabilities'
// events. From left to right. Every page in a case carries it: what can be fetched later stands in later-catalogue.ts (docs/decisions/117).
import { cases } from '#shared/cases/capability.ts'
import { caucus } from '#shared/caucus/capability.ts'
import { files } from '#shared/files/capability.ts'
import { identity } from '#shared/identity/capability.ts'
import { type Capability, deviceKinds, type Kinds } from '#shared/log/capability.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { messaging } from '#shared/messaging/capability.ts'
import { rooms } from '#shared/rooms/capability.ts'
import { signingFirst } from '#shared/signing/first.ts'

export const FIRST: readonly Capability[] = [identity, cases, rooms, messaging, caucus, files, signingFirst]

const { events, folds } = deviceKinds(FIRST)

export const FIRST_KINDS: Kinds = { events: [bodyRedacted, ...events], folds }
