// The calls of one case that go on at this moment: in memory alone, each known to its own audience and to nobody else. Whoever comes into
// one has left the other before. A pause of the joint call lets everybody go alike, and its list says nothing new until it goes on.
import {
  CALL_WIRE,
  type CallForm,
  type CallJoined,
  type CallJoinRequest,
  type CallLook,
  type CallMember,
  type CallOut,
  type CallStatus,
  type CallWay,
  type IceSettings,
  MESH_MEMBERS,
  SFU_MEMBERS,
  type SignalData,
} from '#shared/calls/call-wire.ts'
import type { CallReason } from '#shared/calls/calls-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import { AppError, type ErrorKind } from '#shared/kernel/errors.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import type { CallAccess } from './call-access.ts'
import type { CallConnection } from './call-connection.ts'
import { CallMembers, type Membership } from './call-members.ts'
import type { Sfu } from './sfu.ts'
import { SfuCall } from './sfu-call.ts'
import { carriesMediaAlone, relayedAlone } from './signal-filter.ts'

/** A telephone that changes its network keeps its place so long; the joint room bears a mediator's silence no longer. */
export const BROKEN_MS = 15_000

export interface CaseCallsDeps {
  readonly access: CallAccess
  readonly timers: Timers
  readonly wayOf: (audience: Audience) => CallWay
  readonly iceFor: (audience: Audience, form: CallForm) => IceSettings
  /** For joint calls of many alone. */
  readonly sfu: Sfu | undefined
  readonly onTrouble: (cause: unknown) => void
  readonly newId: (audience: Audience) => MediaId
  /** The joint call has lost its last mediator. */
  readonly unheld: () => void
}

export class CaseCalls {
  readonly #deps: CaseCallsDeps
  readonly #members = new CallMembers()
  readonly #connections = new Set<CallConnection>()
  /** Of the paused joint call: who was in it. */
  #atPause: readonly CallMember[] | undefined
  /** The joint call while it goes through the SFU. */
  #throughSfu: SfuCall | undefined
  /** It has been for more devices than can send to each other, and so it begins again after a pause. */
  #isLarge = false
  /** A mediator has been in the joint call since this server serves it. */
  #wasHeld = false
  /** Everybody was asked to join anew, and is on the way: stops waiting for them. */
  #awaited: (() => void) | undefined

  constructor(deps: CaseCallsDeps) {
    this.#deps = deps
  }

  get isEmpty(): boolean {
    return this.#connections.size === 0 && this.#members.size === 0
  }
  /** Whether a mediator is in the joint call. */
  get isHeld(): boolean {
    return this.#members.in('all').some(({ person }) => this.#deps.access.holds(person))
  }

  enter(connection: CallConnection): void {
    this.#connections.add(connection)
  }

  /** `broken`: the line, perhaps not the device; it may come back. */
  gone(connection: CallConnection, how: 'broken' | 'ended', released: () => void): void {
    this.#connections.delete(connection)
    const membership = this.#members.ofConnection(connection)
    if (!membership) return
    if (how === 'ended') {
      this.#letGo(membership)
      return
    }
    membership.connection = undefined
    membership.cancel = this.#deps.timers.after(BROKEN_MS, () => {
      this.#letGo(membership)
      released()
    })
  }

  look({ person }: CallConnection): Pick<CallLook, 'calls' | 'mostJoint'> {
    const { access } = this.#deps
    const mine = access.audiences().filter((audience) => access.mayKnow(person, audience))
    const calls = mine.map((audience) => ({ audience, members: this.#shown(audience) }))
    return { mostJoint: this.#mostIn('all'), calls: calls.filter(({ members }) => members.length > 0) }
  }

  join(connection: CallConnection, request: CallJoinRequest): CallJoined {
    const { access, newId, wayOf } = this.#deps
    const { person } = connection
    const { audience, muted, video } = request
    const problem = access.whyNot(person, audience)
    if (problem) throw new AppError(problem)
    const back = this.#comeBack(connection, request)
    if (back) return this.#joined(back)
    const before = this.#members.ofPerson(person)
    const others = this.#members.in(audience).filter((each) => each !== before)
    const most = this.#mostIn(audience)
    if (others.length >= most) throw refusal('conflict', 'calls/full', { most })
    const isMany = others.length >= MESH_MEMBERS || (audience === 'all' && this.#isLarge && most > MESH_MEMBERS)
    const needsSfu = wayOf(audience) === 'none'
    if (needsSfu && most === MESH_MEMBERS) throw refusal('unavailable', 'calls/no-relay')
    // The one ends before the other begins; a person's second device would let the one room hear the other.
    if (before) this.#release(before, before.connection === connection ? undefined : 'taken-over')
    if (before && before.audience !== audience) this.#tell(before.audience)
    if (needsSfu || isMany) this.#goThroughSfu({ isMany })
    const membership: Membership = { mediaId: newId(audience), audience, person, connection, muted, video, cancel: undefined }
    this.#members.add(membership)
    if (audience === 'all') this.#wasHeld ||= access.holds(person)
    this.#tell(audience)
    if (before?.audience === 'all') this.#lookForMediator()
    return this.#joined(membership)
  }

  leave(connection: CallConnection): void {
    const membership = this.#members.ofConnection(connection)
    if (membership) this.#letGo(membership)
  }

  async signal(connection: CallConnection, to: MediaId, data: SignalData): Promise<void> {
    const { access, wayOf } = this.#deps
    const from = this.#demandMember(connection)
    if ('description' in data && !carriesMediaAlone(data.description.sdp))
      throw new AppError({ kind: 'invalid', field: 'data.description.sdp' })
    const throughSfu = this.#formOf(from.audience) === 'sfu' ? this.#throughSfu : undefined
    if (throughSfu && to === from.mediaId) return throughSfu.hear(to, to, data)
    const target = this.#members.byId(to)
    if (!target || target.audience !== from.audience || target === from) throw refusal('conflict', 'calls/gone')
    if (!access.mayBeIn(target.person, target.audience)) throw refusal('conflict', 'calls/gone')
    if (throughSfu) return throughSfu.hear(from.mediaId, to, data)
    const passed = wayOf(from.audience) === 'direct' ? data : relayedAlone(data)
    if (passed) target.connection?.send(CALL_WIRE.signal, { from: from.mediaId, data: passed })
  }

  status(connection: CallConnection, given: CallStatus): void {
    const membership = this.#demandMember(connection)
    membership.muted = given.muted
    membership.video = given.video
    const others = this.#members
      .in(membership.audience)
      .flatMap((each) => (each.connection && each !== membership ? [each.connection] : []))
    this.#send(others, membership.audience, CALL_WIRE.status, { mediaId: membership.mediaId, ...given })
  }

  relay(connection: CallConnection): IceSettings {
    const { audience } = this.#demandMember(connection)
    return this.#deps.iceFor(audience, this.#formOf(audience))
  }

  /** Something has happened in this case: whoever has no right to a call any more is put out of it. */
  judge(): void {
    const { access } = this.#deps
    const stay = this.#atPause?.filter(({ participantId }) => access.mayKnow(participantId, 'all'))
    if (stay && stay.length !== this.#atPause?.length) {
      this.#atPause = stay
      this.#tell('all')
    }
    for (const each of this.#members.all()) if (!access.mayStay(each.person, each.audience)) this.#letGo(each, 'removed')
  }

  /** Opened or resumed: each joins anew, and no mediator stays in a talk apart. */
  running(): void {
    this.#atPause = undefined
    for (const each of this.#members.all())
      if (each.audience !== 'all' && !this.#deps.access.mayBeIn(each.person, each.audience)) this.#letGo(each, 'joint')
    this.#tell('all')
  }

  /** Nobody is told who stays and who goes: the list stands as it stood. */
  paused(): void {
    this.#atPause = this.#members.shown('all')
    for (const each of this.#members.in('all')) this.#release(each, 'paused')
    this.#restSfu()
  }

  ended(audience: Audience): void {
    const before = this.#shown(audience)
    for (const each of this.#members.in(audience)) this.#release(each, 'ended')
    if (audience === 'all') {
      this.#atPause = undefined
      this.#isLarge = false
      this.#restSfu()
    }
    if (before.length > 0) this.#tell(audience)
  }

  /** As if nobody had been here. */
  close(): void {
    for (const each of this.#members.all()) this.#members.remove(each)
    this.#awaited?.()
    this.#restSfu()
  }

  /** How many devices the call of an audience holds. */
  #mostIn(audience: Audience): number {
    return audience === 'all' && this.#deps.sfu?.isReady() ? SFU_MEMBERS : MESH_MEMBERS
  }

  #shown(audience: Audience): readonly CallMember[] {
    return audience === 'all' && this.#atPause ? this.#atPause : this.#members.shown(audience)
  }

  #tell(audience: Audience): void {
    this.#send([...this.#connections], audience, CALL_WIRE.members, { audience, members: this.#shown(audience) })
  }

  /** To those of them who may know of this audience's call now. */
  #send(connections: readonly CallConnection[], audience: Audience, name: string, payload: unknown): void {
    const some = connections.filter(({ person }) => this.#deps.access.mayKnow(person, audience))
    some[0]?.sendToAll(some, name, payload)
  }

  /** Without a word to the others. */
  #release(membership: Membership, reason?: CallOut['reason']): void {
    this.#members.remove(membership)
    const { audience, connection, mediaId } = membership
    if (audience === 'all') this.#throughSfu?.leave(mediaId)
    if (reason) connection?.send(CALL_WIRE.out, { audience, reason } satisfies CallOut)
  }

  #letGo(membership: Membership, reason?: CallOut['reason']): void {
    this.#release(membership, reason)
    this.#tell(membership.audience)
    if (membership.audience === 'all') this.#lookForMediator()
  }

  /** After a start the mediator may be on the way back still; `follow-case` knows for how long. */
  #lookForMediator(): void {
    if (!this.#awaited && this.#wasHeld && this.#deps.access.jointStage() === 'running' && !this.isHeld) this.#deps.unheld()
  }

  /** Judged anew, by the clock too. */
  #demandMember(connection: CallConnection): Membership {
    const { access } = this.#deps
    const membership = this.#members.ofConnection(connection)
    if (membership && !access.mayStay(membership.person, membership.audience)) this.#letGo(membership, 'removed')
    if (!membership || !access.mayBeIn(membership.person, membership.audience)) throw refusal('conflict', 'calls/not-in-call')
    return membership
  }

  /** The place that this device had before its line broke. */
  #comeBack(connection: CallConnection, { audience, mediaId, muted, video }: CallJoinRequest): Membership | undefined {
    const before = mediaId && this.#members.byId(mediaId)
    if (!before || before.person !== connection.person || before.audience !== audience) return undefined
    before.cancel?.()
    before.cancel = undefined
    // The server may not have noticed yet that the line before it is dead.
    if (before.connection !== connection) before.connection?.send(CALL_WIRE.out, { audience, reason: 'taken-over' } satisfies CallOut)
    const looksElse = before.muted !== muted || before.video !== video
    before.connection = connection
    before.muted = muted
    before.video = video
    if (looksElse) this.#tell(audience)
    return before
  }

  #joined({ mediaId, audience }: Membership): CallJoined {
    const form = this.#formOf(audience)
    return { mediaId, form, members: this.#members.shown(audience), ice: this.#deps.iceFor(audience, form) }
  }

  #formOf(audience: Audience): CallForm {
    return audience === 'all' && this.#throughSfu ? 'sfu' : 'mesh'
  }

  /** From here on the joint call goes another way: whoever is in it joins anew. */
  #goThroughSfu({ isMany }: { isMany: boolean }): void {
    const { sfu, onTrouble } = this.#deps
    this.#isLarge ||= isMany
    if (!sfu || this.#throughSfu) return
    this.#beginAnew()
    this.#throughSfu = new SfuCall({
      room: sfu.open(() => {
        this.#restSfu()
        this.#beginAnew()
        this.#tell('all')
      }),
      members: () => this.#members.in('all').map(({ mediaId }) => mediaId),
      send: (to, from, data) => this.#members.byId(to)?.connection?.send(CALL_WIRE.signal, { from, data }),
      onTrouble,
    })
  }

  #beginAnew(): void {
    const before = this.#members.in('all')
    for (const each of before) this.#release(each, 'anew')
    if (before.length === 0) return
    this.#awaited?.()
    this.#awaited = this.#deps.timers.after(BROKEN_MS, () => {
      this.#awaited = undefined
      this.#lookForMediator()
    })
  }

  #restSfu(): void {
    this.#throughSfu?.close()
    this.#throughSfu = undefined
  }
}

function refusal(kind: ErrorKind, reason: CallReason, details?: { readonly most: number }): AppError {
  return new AppError({ kind, reason, ...(details && { details }) })
}
