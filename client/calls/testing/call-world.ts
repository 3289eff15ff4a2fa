// One device of a small case, and the other end of its calls: a server that answers as the test says, connections that do what they are
// told, and a list of what happened in which order.
import type { SmallCase } from '#client/app/testing/small-case.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { ConnectionLost, type ConnectionState } from '#client/realtime/connection.ts'
import { makeMessageHandlers } from '#client/realtime/message-handlers.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { partOfCase } from '#client/realtime/testing/part-of-case.ts'
import { createTestClock } from '#client/realtime/testing/test-clock.ts'
import { createStore } from '#client/ui/state/create-store.ts'
import { CALL_WIRE, type CallJoined, type CallJoinRequest, type CallMember } from '#shared/calls/call-wire.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type MediaId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { CommandDefinition } from '#shared/protocol/define.ts'
import type { Ack } from '#shared/protocol/wire.ts'
import { CallSession, callSession } from '../call-session.ts'
import type { CallTools } from '../call-tools.ts'
import { callsHere } from '../calls-here.ts'
import type { MediaFault } from '../media/media-devices.ts'
import { FakeConnection, FakeTrack } from './fake-media.ts'

export const mediaId = (name: string): MediaId => asId<MediaId>(name.padEnd(22, 'A'))
export const OWN = mediaId('own')

interface WorldOptions {
  readonly microphone?: MediaFault
  readonly way?: 'relay' | 'direct' | 'none'
  /** This installation has calls. */
  readonly calls?: boolean
}

export function callWorld(world: SmallCase, person: ParticipantId, { microphone, way = 'relay', calls = true }: WorldOptions = {}) {
  const clock = createTestClock()
  const handlers = makeMessageHandlers()
  const state = createStore<ConnectionState>({ kind: 'live' })
  const snapshot = createStore(world.seenBy(person))
  /** What happened, in its order. */
  const did: string[] = []
  const connections: FakeConnection[] = []
  const server = {
    members: [] as CallMember[],
    own: OWN,
    form: 'mesh' as CallJoined['form'],
    refuses: undefined as Ack<CallJoined> | undefined,
  }

  function joined({ muted, video }: CallJoinRequest): Ack<CallJoined> {
    if (server.refuses) return server.refuses
    const self: CallMember = { mediaId: server.own, participantId: person, muted, video }
    const ice = { policy: 'relay' as const, servers: [], until: clock.now() + 60_000 }
    return { ok: true, value: { mediaId: server.own, form: server.form, members: [...server.members, self], ice } }
  }

  const connection = {
    state: state.state,
    subscribe: state.subscribe,
    on: handlers.on,
    async ask(name: string, input: object) {
      if (state.state().kind !== 'live') throw new ConnectionLost(name)
      if (name === CALL_WIRE.look) {
        if (!calls) return { ok: false, problem: { kind: 'unsupported', reason: 'realtime/unknown-message' } }
        return { ok: true, value: { joint: way, apart: way, mostJoint: 4, calls: [] } }
      }
      did.push([name, 'audience' in input ? input.audience : '', 'mediaId' in input ? 'again' : ''].filter(Boolean).join(' '))
      if (name === CALL_WIRE.join) return joined(input as CallJoinRequest) // what the session asks with
      return { ok: true, value: {} }
    },
  }
  const client = partOfCase({
    caseId: TEST_CASE,
    connection,
    store: { snapshot: snapshot.state, subscribe: snapshot.subscribe },
    clock,
    timers: clock,
    now: clock.now,
    async act({ name }: CommandDefinition) {
      did.push(name)
      return { ok: true, value: { at: [] } }
    },
  })
  const tools: CallTools = {
    devices: {
      microphone: async () => microphone ?? new FakeTrack('microphone', did).asTrack(),
      camera: async () => new FakeTrack('camera', did).asTrack(),
      choices: async () => [],
      onChange: () => () => undefined,
    },
    connect: (configuration) => {
      const made = new FakeConnection(configuration, did)
      connections.push(made)
      return made.asConnection()
    },
    sounding: () => ({ srcObject: null, play: async () => undefined, pause: () => undefined }),
    level: () => ({ now: () => 0, close: () => undefined }),
  }
  const session = new CallSession(client, tools)
  /** Its screens find the session that was made with these tools instead of the browser's. */
  const shown: CaseClient = {
    ...client,
    owned: ((make: never) => (make === callSession ? session : client.owned(make))) as CaseClient['owned'], // one of each kind, as there
  }
  return {
    client,
    shown,
    clock,
    session,
    server,
    did,
    connections,
    own: session.own.state,
    microphone: () => new FakeTrack('microphone', did).asTrack(),
    say: (name: string, notice: object) => handlers.tell(name, [notice]),
    members: (audience: Audience, ...others: readonly string[]) => {
      const all = [server.own, ...others.map(mediaId)].map((id) => ({ mediaId: id, participantId: person, muted: false, video: false }))
      handlers.tell(CALL_WIRE.members, [{ audience, members: all }])
    },
    connection: (next: ConnectionState) => state.set(next),
    /** What has happened in the world meanwhile reaches this device. */
    told: () => snapshot.set(world.seenBy(person)),
    known: () => client.owned(callsHere).state(),
  }
}
