// People of a case at their sockets: what they ask, what they are sent, and the ordinary beginning of a session.
import type { Socket } from 'socket.io-client'
import { agreementConfirm, sessionStart } from '#shared/cases/case-protocol.ts'
import { personAdded } from '#shared/cases/people-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { type CommandAck, type ResumeAnswer, type Seen, WIRE, type WireEvent } from '#shared/protocol/wire.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { newCommandId } from './case-world.ts'
import type { OpenCase, PlatformWorld } from './platform-world.ts'
import { connected, resumeAll, say } from './socket-world.ts'

/** A device that folds nothing: it keeps what it was sent, by audience and seq. */
export interface Device {
  readonly socket: Socket
  readonly me: ParticipantId
  /** Every frame's text, as it came. */
  readonly frames: readonly string[]
  readonly closed: readonly string[]
  events(audience: Audience): readonly WireEvent[]
  seen(audience: Audience): Seen
  /** Asks for all it lacks. */
  resume(): Promise<ResumeAnswer>
  post(audience: Audience, text: string, id?: string): Promise<CommandAck>
}

export async function device(
  world: PlatformWorld,
  auth: { token: string; caseId: string },
  held: readonly WireEvent[] = [],
): Promise<Device> {
  const socket = world.connect(auth)
  const frames: string[] = []
  const closed: string[] = []
  const records = new Map<Audience, Map<number, WireEvent>>()
  socket.io.on('open', () => {
    socket.io.engine.on('packet', (packet: { type: string; data?: unknown }) => {
      if (packet.type === 'message') frames.push(String(packet.data))
    })
  })
  const keep = (event: WireEvent) => {
    const record = records.get(event.audience) ?? new Map<number, WireEvent>()
    records.set(event.audience, record)
    record.set(event.seq, event)
  }
  for (const event of held) keep(event)
  socket.on(WIRE.event, (events: readonly WireEvent[]) => events.forEach(keep))
  socket.on(WIRE.closed, (reason: string) => void closed.push(reason))
  await connected(socket)
  let me = '' as ParticipantId
  const self: Device = {
    socket,
    get me() {
      return me
    },
    frames,
    closed,
    events: (audience) => [...(records.get(audience)?.values() ?? [])].sort((a, b) => a.seq - b.seq),
    seen(audience) {
      const last = self.events(audience).at(-1)
      return { audience, epoch: last?.epoch ?? 0, seq: last?.seq ?? 0, hash: last?.hash ?? '' }
    },
    async resume() {
      for (;;) {
        const heads = [...records.keys()].map((audience) => ({ audience, epoch: self.seen(audience).epoch, seq: dense(audience) }))
        const answer = await resumeAll(socket, heads)
        for (const event of answer.events) keep(event)
        me = answer.me
        if (answer.audiences.every(({ state }) => state !== 'more')) return answer
      }
    },
    async post(audience, text, id = newCommandId()) {
      return say(socket, messagePost, { audience, id: id as never, text }, { id, seen: self.seen(audience) })
    },
  }
  /** The last seq before the first hole. */
  function dense(audience: Audience): number {
    let seq = 0
    while (records.get(audience)?.has(seq + 1)) seq++
    return seq
  }
  await self.resume()
  return self
}

export function accepted(ack: CommandAck): void {
  if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
}

export interface Room {
  readonly mediator: Device
  readonly people: readonly [Device, Device]
  readonly sides: readonly [SideId, SideId]
}

/** Mediator and two sides in a running session. */
export async function startSession(world: PlatformWorld, open: OpenCase): Promise<Room> {
  const mediator = await device(world, open.mediator)
  const [one, two] = open.people
  if (!one || !two) throw new Error('a case has two people')
  const first = await device(world, one.session)
  const second = await device(world, two.session)
  const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
  accepted(await say(mediator.socket, agreementConfirm, confirmation))
  accepted(await say(mediator.socket, sessionStart, {}))
  for (const person of [first, second]) {
    accepted(await say(person.socket, agreementConfirm, confirmation))
    accepted(await say(mediator.socket, personAdmit, { participantId: person.me, to: 'all' }))
  }
  for (const each of [mediator, first, second]) await each.resume()
  const sideOf = (person: Device): SideId => {
    const [room] = sidesIn(person)
    if (!room) throw new Error('a person has a side')
    return room
  }
  return { mediator, people: [first, second], sides: [sideOf(first), sideOf(second)] }
}

function sidesIn(person: Device): readonly SideId[] {
  const added = person.events('case').filter(({ type }) => type === personAdded.name)
  const people = added.map(({ body }) => JSON.parse(body ?? '{}') as { id: string; sideId?: SideId }) // that event's body
  return people.flatMap(({ id, sideId }) => (id === person.me && sideId ? [sideId] : []))
}
