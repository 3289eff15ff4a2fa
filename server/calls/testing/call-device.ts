// A device in calls, as a test sees it: what it asks, and what it was told.
import type { Socket } from 'socket.io-client'
import {
  CALL_WIRE,
  type CallJoined,
  type CallLook,
  type CallMember,
  type CallNotice,
  type CallOut,
  type CallSignal,
  type CallStatusNotice,
  type IceSettings,
  type SignalData,
} from '#shared/calls/call-wire.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import type { Ack } from '#shared/protocol/wire.ts'

export interface CallDevice {
  readonly socket: Socket
  readonly lists: readonly CallNotice[]
  readonly outs: readonly CallOut[]
  readonly signals: readonly CallSignal[]
  readonly statuses: readonly CallStatusNotice[]
  look(): Promise<CallLook>
  join(audience: Audience, mediaId?: MediaId): Promise<CallJoined>
  leave(): Promise<void>
  signal(to: MediaId, data?: SignalData): Promise<void>
  status(muted: boolean, video?: boolean): Promise<void>
  relay(): Promise<IceSettings>
  /** Whom it was told of last. */
  members(audience: Audience): readonly CallMember[] | undefined
}

/** The relay's own, so that it passes wherever it may. */
export const CANDIDATE: SignalData = {
  candidate: {
    candidate: 'candidate:1 1 udp 41885439 203.0.113.9 49203 typ relay raddr 0.0.0.0 rport 0',
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment: 'x',
  },
}

export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super([problem.kind, problem.reason].filter(Boolean).join(' '))
    this.problem = problem
  }
}

export function callDevice(socket: Socket): CallDevice {
  const lists: CallNotice[] = []
  const outs: CallOut[] = []
  const signals: CallSignal[] = []
  const statuses: CallStatusNotice[] = []
  socket.on(CALL_WIRE.members, (notice: CallNotice) => void lists.push(notice))
  socket.on(CALL_WIRE.out, (out: CallOut) => void outs.push(out))
  socket.on(CALL_WIRE.signal, (signal: CallSignal) => void signals.push(signal))
  socket.on(CALL_WIRE.status, (status: CallStatusNotice) => void statuses.push(status))
  async function ask<T>(name: string, input: object): Promise<T> {
    const ack: Ack<T> = await socket.timeout(30_000).emitWithAck(name, input)
    if (!ack.ok) throw new Refused(ack.problem)
    return ack.value
  }
  return {
    socket,
    lists,
    outs,
    signals,
    statuses,
    look: () => ask(CALL_WIRE.look, {}),
    join: (audience, mediaId) => ask(CALL_WIRE.join, { audience, muted: false, video: false, ...(mediaId && { mediaId }) }),
    leave: () => ask(CALL_WIRE.leave, {}),
    signal: (to, data = CANDIDATE) => ask(CALL_WIRE.signal, { to, data }),
    status: (muted, video = false) => ask(CALL_WIRE.status, { muted, video, speaking: false }),
    relay: () => ask(CALL_WIRE.relay, {}),
    members: (audience) => lists.findLast((each) => each.audience === audience)?.members,
  }
}
