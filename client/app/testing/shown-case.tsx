// A small case on one person's screen: what happens in it is told by its events; what the person does goes through a true outbox to a
// server that answers as the test says.
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { createTalkStore } from '#client/messaging/talk-store.ts'
import { TalkProvider } from '#client/messaging/use-talk.tsx'
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { CaseStorage } from '#client/realtime/case-storage.ts'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { createOutbox } from '#client/realtime/outbox.ts'
import { createOwned, type Owned } from '#client/realtime/owned.ts'
import { TEST_CASE, testId } from '#client/realtime/testing/history.ts'
import { countingEntropy, createTestClock } from '#client/realtime/testing/test-clock.ts'
import { createUnsentMarks } from '#client/realtime/unsent-marks.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { roomsOf } from '#client/rooms/rooms-of.ts'
import { LiveRegion } from '#client/ui/feedback/LiveRegion.tsx'
import { createStore } from '#client/ui/state/create-store.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { viewOf } from '#shared/log/decide.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import type { CommandDefinition } from '#shared/protocol/define.ts'
import { type CommandAck, type CommandEnvelope, WIRE } from '#shared/protocol/wire.ts'
import type { SmallCase } from './small-case.ts'

interface ShownOptions {
  readonly locale?: Locale
  readonly connection?: ConnectionState
  readonly snapshot?: Partial<CaseSnapshot>
  /** What the device keeps; without it, nothing. */
  readonly storage?: CaseStorage
  /** Undefined while it is under way. */
  readonly answer?: (envelope: CommandEnvelope) => CommandAck | undefined
}

export function renderCase(world: SmallCase, person: ParticipantId, shown: ReactNode, options: ShownOptions = {}) {
  const clock = createTestClock(10_000_000)
  const sent: CommandEnvelope[] = []
  const snapshot = createStore<CaseSnapshot>({ ...world.seenBy(person), ...options.snapshot })
  const connectionState = createStore<ConnectionState>(options.connection ?? { kind: 'live' })
  const connection = {
    ...connectionState,
    async ask<T>(_name: string, envelope: unknown) {
      sent.push(envelope as CommandEnvelope)
      const answer = options.answer?.(envelope as CommandEnvelope)
      return answer ? (answer as T) : new Promise<T>(() => undefined)
    },
  }
  const outbox = createOutbox({ connection, storage: undefined, clock, timers: clock, entropy: countingEntropy() })
  const owned = createOwned<CaseClient>()
  const client: CaseClient = {
    caseId: TEST_CASE,
    connection,
    store: { snapshot: snapshot.state, subscribe: snapshot.subscribe, seen: () => undefined },
    outbox,
    storage: options.storage,
    unsent: createUnsentMarks(clock),
    clock,
    timers: clock,
    now: clock.now,
    act: (definition: never, input: unknown) => outbox.ask({ definition, input: () => input }),
    put: (definition: never, audience: Audience, input: never, seen: undefined) =>
      outbox.put({ definition, input, audience, seen, keep: true }),
    tell: ({ name }: CommandDefinition, input: unknown) => connection.ask(WIRE.command, { id: testId('told'), name, input }),
    owned: (make: (client: CaseClient) => Owned) => owned.get(make, client),
    awake: () => undefined,
  } as unknown as CaseClient // what screens ask of a case
  const { unmount } = renderWithTexts(
    <CaseProvider client={client}>
      <TalkProvider store={createTalkStore(client)}>
        <LiveRegion>{shown}</LiveRegion>
      </TalkProvider>
    </CaseProvider>,
    options.locale ? { locale: options.locale } : {},
  )
  return {
    clock,
    sent,
    unmount,
    /** What has happened in the world meanwhile reaches this device. */
    told: (more: Partial<CaseSnapshot> = {}) => act(async () => snapshot.set({ ...world.seenBy(person), ...more })),
    connection: (next: ConnectionState) => act(async () => connectionState.set(next)),
    timePasses: (milliseconds: number) => act(() => clock.wind(milliseconds)),
  }
}

/** One of the rooms of a person, as the list of rooms gives it to a screen. */
export function roomIn(world: SmallCase, person: ParticipantId, audience: Audience) {
  const room = roomsOfSmallCase(world, person).find((each) => each.audience === audience)
  if (!room) throw new Error(`${person} has no room ${audience}`)
  return room
}

export function roomsOfSmallCase(world: SmallCase, person: ParticipantId) {
  const view = viewOf(world.seenBy(person).audiences)
  const state = view.state(caseFold, 'case')
  return state ? roomsOf(view, state, person, (each) => (view.state(messagingFold, each)?.messages.size ?? 0) > 0) : []
}
