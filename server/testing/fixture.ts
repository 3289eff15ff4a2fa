// A committed installation of an earlier release, and what is known to stand in it (tools/fixtures makes them).
import { chmodSync, cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FrozenVersion, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import type { CaseId, InvitationId, ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

export interface ExpectedAudience {
  readonly epoch: number
  readonly m: number
  readonly hash: string
  readonly types: readonly string[]
  /** The texts of its messages. */
  readonly said: readonly string[]
}

export interface ExpectedCase {
  readonly name: 'released' | 'writing' | 'half'
  readonly caseId: CaseId
  readonly mediatorId: ParticipantId
  /** In the order in which they were entered. */
  readonly people: readonly { readonly participantId: ParticipantId; readonly invitationId: InvitationId; readonly sideId: SideId }[]
  /** All that anybody in the case may read. */
  readonly audiences: Readonly<Record<string, ExpectedAudience>>
  readonly draft: { readonly u: number; readonly closed: string | null; readonly document: string }
  /** Every version ever frozen; `text` null: served no more. */
  readonly versions: readonly (FrozenVersion & { readonly text: string | null })[]
}

export interface Expected {
  readonly madeAt: number
  readonly owner: { readonly email: string; readonly password: string }
  readonly mediator: { readonly email: string; readonly password: string }
  readonly authority: { readonly sha256: string; readonly digits: string }
  readonly bundleSha256: string
  readonly cases: readonly ExpectedCase[]
}

const fixtures = join(import.meta.dirname, 'fixtures')

export function expectedIn(name: string): Expected {
  return JSON.parse(readFileSync(join(fixtures, name, 'expected.json'), 'utf8')) as Expected // written by tools/fixtures
}

export function fixtureFile(name: string, file: 'bundle.zip' | 'authority.pem'): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(fixtures, name, file)))
}

/** A copy to work on, closed to others as an installation's folder is. */
export function copyFixture(name: string, to: string): void {
  cpSync(join(fixtures, name, 'installation'), to, { recursive: true })
  for (const folder of ['', 'keys']) chmodSync(join(to, folder), 0o700)
}

export function textsIn(events: readonly WireEvent[]): readonly string[] {
  return events.flatMap(({ type, body }) => (type === messagePosted.name ? [String(JSON.parse(body ?? '{}').text)] : []))
}

export function frozenIn(events: readonly WireEvent[]): readonly FrozenVersion[] {
  return events.flatMap(({ type, body }) => (type === versionFrozen.name ? [JSON.parse(body ?? '{}') as FrozenVersion] : [])) // that event's body
}
