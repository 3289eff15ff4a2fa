// A small case for screens' tests, told by its own events: a mediator, two sides, three people.
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { testId } from '#client/realtime/testing/history.ts'
import { agreementConfirmed, type CaseBody, caseOpened } from '#shared/cases/case-protocol.ts'
import { openedWith } from '#shared/cases/testing/opened.ts'
import { DEVICE_FOLDS } from '#shared/catalogue.ts'
import type { By } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { CommandId, ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { type AudienceState, emptyAudience, foldEvent } from '#shared/log/fold.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import type { BodyOf, EventDefinition } from '#shared/protocol/define.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'

export const MED = testId<ParticipantId>('med')
export const AIGUL = testId<ParticipantId>('aigul')
export const PAVEL = testId<ParticipantId>('pavel')
export const MARIA = testId<ParticipantId>('maria')
export const BEREKE = testId<SideId>('bereke')
export const DALA = testId<SideId>('dala')

const FACTS: CaseBody = {
  title: 'Береке — Дала Жем',
  category: 'supply',
  subject: 'Оплата по договору',
  voice: 'phone',
  draftLanguage: 'ru',
  agreement: { date: '2026-11-20', place: 'Петропавловск' },
  mediator: { id: MED, name: 'Ерлан Омаров', language: 'kk' },
  sides: [
    { id: BEREKE, kind: 'organisation', name: 'КХ «Береке»' },
    { id: DALA, kind: 'organisation', name: 'ТОО «Дала Жем»' },
  ],
  people: [
    { id: AIGUL, name: 'Айгүл Серік', role: 'party', sideId: BEREKE, language: 'kk' },
    { id: PAVEL, name: 'Павел Ким', role: 'party', sideId: DALA, language: 'ru' },
    { id: MARIA, name: 'Мария Жук', role: 'representative', sideId: DALA, language: 'ru' },
  ],
}

export interface SmallCase {
  happen<E extends EventDefinition>(definition: E, audience: Audience, body: BodyOf<E>, by?: By): SmallCase
  enter(person: ParticipantId): SmallCase
  confirm(person: ParticipantId): SmallCase
  join(person: ParticipantId, ...audiences: readonly Audience[]): SmallCase
  say(by: ParticipantId, audience: Audience, text: string): SmallCase
  /** What one person's device knows. */
  seenBy(person: ParticipantId): CaseSnapshot
}

export function smallCase(): SmallCase {
  const audiences = new Map<Audience, AudienceState>()
  let count = 0
  const world: SmallCase = {
    happen(definition, audience, body, by = MED) {
      count++
      const before = audiences.get(audience) ?? emptyAudience(audience)
      const event = { audience, epoch: 0, seq: before.seq + 1, type: definition.name, by, at: count * 1_000, hash: `${count}`, body }
      audiences.set(audience, foldEvent(DEVICE_FOLDS, before, event))
      return world
    },
    enter: (person) => world.join(person, 'case', directAudience(person), selfAudience(person)),
    confirm: (person) => world.happen(agreementConfirmed, 'case', { agreement: true, explanation: true, remoteForm: true }, person),
    join(person, ...rooms) {
      for (const audience of rooms) world.happen(roomJoined, audience, { participantId: person })
      return world
    },
    say: (by, audience, text) => world.happen(messagePosted, audience, { id: testId<CommandId>(`m${count}`), text }, by),
    seenBy: (person) => ({
      me: person,
      audiences: new Map([...audiences].filter(([, state]) => isReader(state, person))),
      earlier: new Map(),
      connected: new Set([person]),
      integrity: { kind: 'whole' },
      caughtUp: true,
      ahead: 0,
      newer: false,
    }),
  }
  world.happen(caseOpened, 'case', openedWith(FACTS), 'system')
  const rooms: readonly Audience[] = ['case', 'all', sideAudience(BEREKE), sideAudience(DALA), ...[AIGUL, PAVEL, MARIA].map(directAudience)]
  return world.join(MED, ...rooms)
}

function isReader(state: AudienceState, person: ParticipantId): boolean {
  const rooms = state.slices.rooms as { readonly members?: Readonly<Record<string, unknown>> } | undefined // the fold of rooms, read for its names alone
  return rooms?.members?.[person] !== undefined
}
