// Makes true chains of events for tests, and answers "since seq" over them as a server would.
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url, fromBase64url, utf8 } from '#shared/kernel/bytes.ts'
import {
  asId,
  type CaseId,
  type CommandId,
  type DeletionId,
  type ParticipantId,
  type RestorationId,
  type SideId,
} from '#shared/kernel/ids.ts'
import { digestInput, GENESIS, headerBytes } from '#shared/log/event.ts'
import type { BodyOf, EventDefinition } from '#shared/protocol/define.ts'
import type { ResumeAnswer, ResumeRequest, WireEvent } from '#shared/protocol/wire.ts'

/** A readable id of the right shape: 'ada' → 'adaAAAAAAAAAAAAAAAAAAA'. */
export function testId<Id extends CaseId | ParticipantId | SideId | CommandId | DeletionId | RestorationId>(name: string): Id {
  return asId<Id>(name.padEnd(22, 'A'))
}

export const TEST_CASE = testId<CaseId>('case')

export async function webDigest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

export interface History {
  readonly events: WireEvent[]
  add<E extends EventDefinition>(definition: E, audience: Audience, body: BodyOf<E>, by?: By, at?: number): Promise<WireEvent>
  resume(request: ResumeRequest, page?: number): ResumeAnswer
}

export function createHistory(me: ParticipantId, startAt = 1_790_000_000_000): History {
  const events: WireEvent[] = []
  const of = (audience: Audience) => events.filter((event) => event.audience === audience)
  return {
    events,
    async add(definition, audience, body, by = me, at = startAt + events.length * 1_000) {
      const before = of(audience)
      const previous = before.at(-1)?.hash ?? base64url(GENESIS)
      const salt = utf8(`salt-${events.length}`.padEnd(16, '.'))
      const text = JSON.stringify(body)
      const bodyDigest = await webDigest(digestInput(salt, text))
      const header = {
        caseId: TEST_CASE,
        audience,
        epoch: 0,
        seq: before.length + 1,
        type: definition.name,
        version: definition.version,
        by,
        at,
        seen: '',
      }
      const hash = await webDigest(headerBytes({ ...header, bodyDigest, previous: fromBase64url(previous) }))
      const event: WireEvent = {
        ...header,
        body: text,
        salt: base64url(salt),
        bodyDigest: base64url(bodyDigest),
        previous,
        hash: base64url(hash),
      }
      events.push(event)
      return event
    },
    resume({ heads }, page = 5) {
      const known = new Map(heads.map(({ audience, seq }) => [audience, seq]))
      const missing = events.filter(({ audience, seq }) => seq > (known.get(audience) ?? 0))
      const sent = missing.slice(0, page)
      const names = [...new Set(events.map(({ audience }) => audience))]
      return {
        me,
        audiences: names.map((audience) => {
          const head = of(audience).length
          const left = missing.filter((event) => event.audience === audience && !sent.includes(event)).length
          const held = known.get(audience) ?? 0
          return { audience, epoch: 0, head, state: held > head ? 'behind' : left > 0 ? 'more' : 'current' }
        }),
        events: sent,
        connected: [me],
        now: startAt,
      }
    },
  }
}
