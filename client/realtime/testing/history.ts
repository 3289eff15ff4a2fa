// Makes true chains of events for tests, and answers "since seq" over them as a server would.
import { readEvent } from '#client/realtime/read-event.ts'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url, fromBase64url, utf8 } from '#shared/kernel/bytes.ts'
import {
  asId,
  type CaseId,
  type CommandId,
  type DeletionId,
  type FileId,
  type ParticipantId,
  type PermissionId,
  type RestorationId,
  type SideId,
  type WordingId,
} from '#shared/kernel/ids.ts'
import { digestInput, GENESIS, headerBytes } from '#shared/log/event.ts'
import { type AudienceState, emptyAudience, foldEvent, type ParsedEvent } from '#shared/log/fold.ts'
import { EMPTY_OUTLINE, type Outline, withOutline } from '#shared/log/outline.ts'
import { valueAt } from '#shared/log/seq-map.ts'
import type { BodyOf, EventDefinition } from '#shared/protocol/define.ts'
import type { OlderAnswer, OlderRequest, ResumeAnswer, ResumedAudience, ResumeRequest, WireEvent } from '#shared/protocol/wire.ts'

/** A readable id of the right shape: 'ada' → 'adaAAAAAAAAAAAAAAAAAAA'. */
export function testId<
  Id extends CaseId | ParticipantId | SideId | CommandId | DeletionId | FileId | PermissionId | RestorationId | WordingId,
>(name: string): Id {
  return asId<Id>(name.padEnd(22, 'A'))
}

export const TEST_CASE = testId<CaseId>('case')

export async function webDigest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** How a server pages what a device lacks. */
interface PageSizes {
  readonly lacksMuch: number
  readonly lastPage: number
}

export interface History {
  readonly events: WireEvent[]
  add<E extends EventDefinition>(definition: E, audience: Audience, body: BodyOf<E>, by?: By, at?: number): Promise<WireEvent>
  resume(request: ResumeRequest, page?: number, sizes?: PageSizes): ResumeAnswer
  older(request: OlderRequest, page?: number): OlderAnswer
}

const SIZES: PageSizes = { lacksMuch: 300, lastPage: 100 }
const FOLDING = { folds: DEVICE_FOLDS, definitions: new Map(DEVICE_EVENTS.map((each) => [each.name as string, each])) }

export function createHistory(me: ParticipantId, startAt = 1_790_000_000_000): History {
  const events: WireEvent[] = []
  const of = (audience: Audience) => events.filter((event) => event.audience === audience)
  const outlines = new Map<Audience, { readonly state: AudienceState; readonly outline: Outline }>()

  function outlined(event: WireEvent) {
    const { state: before, outline } = outlines.get(event.audience) ?? { state: emptyAudience(event.audience), outline: EMPTY_OUTLINE }
    const parsed = readEvent(event, FOLDING.definitions).event as ParsedEvent // parsed, or without a body
    const state = foldEvent(FOLDING.folds, before, parsed)
    outlines.set(event.audience, { state, outline: withOutline(outline, parsed, { before, after: state }, FOLDING) })
  }
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
      outlined(event)
      return event
    },
    resume({ heads, paged }, page = 5, { lacksMuch, lastPage } = SIZES) {
      const known = new Map(heads.map(({ audience, seq }) => [audience, seq]))
      const sent: WireEvent[] = []
      const names = [...new Set(events.map(({ audience }) => audience))]
      const audiences = names.map((audience): ResumedAudience => {
        const [all, held, left] = [of(audience), known.get(audience) ?? 0, page - sent.length]
        const head = all.length
        const leaps = paged === true && head - held > lacksMuch
        const { outline } = outlines.get(audience) ?? { outline: EMPTY_OUTLINE }
        const first = all.filter(({ seq }) => seq > held && (!leaps || (seq <= head - lastPage && valueAt(outline, seq))))
        const fits = leaps && first.length <= left
        const answered = fits ? [...first, ...all.slice(head - lastPage)] : first.slice(0, Math.max(0, left))
        sent.push(...answered)
        const reached = answered.at(-1)?.seq ?? held
        const state = held > head ? 'behind' : reached < head ? 'more' : 'current'
        return { audience, epoch: 0, head, state, ...(leaps ? { from: fits ? head - lastPage + 1 : head + 1 } : {}) }
      })
      return { me, audiences, events: sent, connected: [me], now: startAt }
    },
    older({ audience, before }, page = 5) {
      const all = of(audience)
      return { events: all.slice(Math.max(0, before - 1 - page), before - 1) }
    },
  }
}
