// The one call that this device may be in. Joining is its person's own press; whatever was before ends first and is silent before the next
// is asked for. It ends the moment that its person may no longer be in it, whoever notices first: this device, or the server.
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { Owned } from '#client/realtime/owned.ts'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import {
  CALL_WIRE,
  type CallJoined,
  type CallJoinRequest,
  type CallOut,
  type CallSignal,
  type IceSettings,
  type SignalData,
} from '#shared/calls/call-wire.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import type { Ack } from '#shared/protocol/wire.ts'
import { barredFrom, mayNotShow } from './barred-from.ts'
import { type CallTools, callTools } from './call-tools.ts'
import { CallWatch } from './call-watch.ts'
import { callsHere } from './calls-here.ts'
import { Face } from './media/face.ts'
import { Peers } from './media/peers.ts'
import { type Speakers, speakersHere } from './media/speakers.ts'
import { Voice } from './media/voice.ts'
import type { NoPictures, OwnCall, WhyOut } from './own-call.ts'
import { forgetCall, rememberCall } from './remembered-call.ts'

/** As long as the server keeps a place. Whoever cannot be told of the end must not go on listening. */
const KEPT_FOR = 15_000
const OFFLINE: ShownProblem = { kind: 'offline' }

/** What stands as long as this device is in a call. */
interface Live {
  readonly audience: Audience
  joined: CallJoined
  peers: Peers
  ice: IceSettings
  wantsPictures: boolean
  noPictures: NoPictures | undefined
  away: (() => void) | undefined
  /** Signals that did not leave while the connection was away. */
  unsent: { to: MediaId; data: SignalData }[]
}

/** Kept by the open case: `client.owned(callSession)`. */
export function callSession(client: CaseClient): CallSession {
  return new CallSession(client, callTools())
}

export class CallSession implements Owned {
  readonly own: Store<OwnCall>
  readonly tools: CallTools
  readonly watch: CallWatch
  readonly #client: CaseClient
  readonly #own = createStore<OwnCall>({ kind: 'out' })
  readonly #voice: Voice
  readonly #face: Face
  readonly #speakers: Speakers
  readonly #stops: readonly (() => void)[]
  #live: Live | undefined
  /** Every later wish voids what an earlier one is still waiting for. */
  #turn = 0

  constructor(client: CaseClient, tools: CallTools) {
    const { connection, store } = client
    this.#client = client
    this.own = this.#own
    this.tools = tools
    this.#voice = new Voice(tools.devices, () => this.#changed())
    this.#face = new Face(tools.devices, () => this.#changed())
    this.#speakers = speakersHere(tools.sounding, () => this.#show())
    this.watch = new CallWatch(client, tools.level, {
      peers: () => this.#live?.peers,
      usesPictures: () => this.#usesPictures,
      withoutPictures: (why) => this.#withoutPictures(why),
      usedUp: () => void (this.#live && this.#out(this.#live.audience, 'data')),
      restart: () => void this.#restart('lost'),
    })
    this.#stops = [
      connection.on(CALL_WIRE.signal, (signal) => this.#live?.peers.take(signal as CallSignal)), // the server is ours and speaks by the protocol
      connection.on(CALL_WIRE.out, (notice) => this.#toldOut(notice as CallOut)), // as above
      connection.subscribe(() => this.#heedConnection()),
      client.owned(callsHere).subscribe(() => this.#keepMembers()),
      store.subscribe(() => this.#heedLog()),
    ]
  }

  /** By the person's own press. `microphone`: the one that was tested, if there is one. Answers why not. */
  async enter(audience: Audience, microphone: MediaStreamTrack | undefined): Promise<ShownProblem | undefined> {
    const mine = ++this.#turn
    await this.#end()
    if (mine !== this.#turn) {
      microphone?.stop()
      return undefined
    }
    this.#voice.use(microphone, false)
    return this.#join(audience, mine)
  }

  async leave(): Promise<void> {
    this.#turn++
    forgetCall()
    await this.#end()
    this.#own.set({ kind: 'out' })
  }

  /** What was said about the last call has been read. */
  dismiss(): void {
    if (this.#own.state().kind === 'out') this.#own.set({ kind: 'out' })
  }

  mute(): void {
    this.#voice.mute()
  }

  /** `microphone`: another than before. */
  async speak(microphone?: string): Promise<void> {
    await this.#voice.speak(microphone)
  }

  async showPicture(wanted: boolean): Promise<void> {
    if (!this.#live) return
    if (wanted && mayNotShow(this.#client)) {
      this.#withoutPictures('procedure')
      return
    }
    this.#live.noPictures = undefined
    if (wanted) await this.#face.show()
    else this.#face.hide()
  }

  seePictures(wanted: boolean): void {
    if (!this.#live) return
    if (wanted && mayNotShow(this.#client)) {
      this.#withoutPictures('procedure')
      return
    }
    this.#live.wantsPictures = wanted
    this.#live.noPictures = undefined
    this.#changed()
  }

  /** From a press: the browser lets the voices through. */
  release(): void {
    this.#speakers.release()
  }

  /** The way to those who are not heard is looked for anew. */
  tryAgain(): void {
    void this.#restart('all')
  }

  close(): void {
    this.#turn++
    this.#silence()
    for (const stop of this.#stops) stop()
  }

  wipe(): void {
    forgetCall()
    this.close()
  }

  async #join(audience: Audience, mine: number): Promise<ShownProblem | undefined> {
    this.#own.set({ kind: 'joining', audience })
    const request: CallJoinRequest = { audience, muted: this.#voice.muted, video: false }
    const ack = await this.#client.connection.ask<Ack<CallJoined>>(CALL_WIRE.join, request).catch(() => undefined)
    if (mine !== this.#turn) {
      // a later join has taken this one's place; where nothing was wished since but to be out, it is given back
      if (ack?.ok && this.#own.state().kind === 'out') this.#tell(CALL_WIRE.leave, {})
      return undefined
    }
    if (!ack?.ok) {
      const problem = ack?.problem ?? OFFLINE
      this.#silence()
      this.#own.set({ kind: 'out', after: { audience, why: problem } })
      return problem
    }
    rememberCall(this.#client.caseId, audience)
    const joined = ack.value
    const live: Live = {
      audience,
      joined,
      peers: this.#peersFor(joined),
      ice: joined.ice,
      wantsPictures: false,
      noPictures: undefined,
      away: undefined,
      unsent: [],
    }
    this.#live = live
    live.peers.begin(this.#othersIn(joined))
    this.watch.begin(this.#voice)
    this.#changed()
    this.#heedLog()
    return undefined
  }

  #peersFor(joined: CallJoined): Peers {
    return new Peers({
      own: joined.mediaId,
      form: joined.form,
      ice: joined.ice,
      connect: this.tools.connect,
      speakers: this.#speakers,
      clock: this.#client.clock,
      tell: (to, data) => void this.#signal(to, data),
      changed: () => this.watch.look(),
    })
  }

  #othersIn({ mediaId, members }: CallJoined): readonly MediaId[] {
    return members.map((each) => each.mediaId).filter((id) => id !== mediaId)
  }

  async #signal(to: MediaId, data: SignalData): Promise<void> {
    const live = this.#live
    if (!live) return
    try {
      const ack = await this.#client.connection.ask<Ack<unknown>>(CALL_WIRE.signal, { to, data })
      if (ack.ok || this.#live !== live) return
      if (ack.problem.reason === 'calls/gone') live.peers.drop(to)
      if (ack.problem.reason === 'calls/not-in-call') void this.#out(live.audience, 'removed')
    } catch {
      live.unsent.push({ to, data })
    }
  }

  /** Silent when it resolves; whatever the server answers, or does not. */
  async #end(): Promise<void> {
    const wasIn = this.#live !== undefined
    this.#silence()
    if (wasIn) await this.#client.connection.ask(CALL_WIRE.leave, {}).catch(() => undefined) // without a connection the place ends by itself
  }

  #silence(): void {
    this.#letGo()
    this.#voice.close()
  }

  /** Of everything but one's own microphone. */
  #letGo(): void {
    const live = this.#live
    this.watch.end()
    this.#live = undefined
    live?.peers.close()
    this.#face.close()
    live?.away?.()
  }

  async #out(audience: Audience, why: WhyOut): Promise<void> {
    this.#turn++
    forgetCall()
    const ended = this.#end()
    this.#own.set({ kind: 'out', after: { audience, why } })
    await ended
  }

  /** By all alike: hearing goes on by itself when the mediator resumes, speaking does not. */
  #pause(audience: Audience): void {
    this.#turn++
    this.#silence()
    this.#own.set({ kind: 'paused', audience })
  }

  #toldOut({ audience, reason }: CallOut): void {
    const own = this.#own.state()
    if (own.kind === 'out' || own.audience !== audience) return
    if (reason === 'anew') return void this.#joinAnew(audience)
    if (reason !== 'paused') return void this.#out(audience, reason)
    if (this.#live) this.#pause(audience)
  }

  /** Without asking the person: they never left. */
  async #joinAnew(audience: Audience): Promise<void> {
    const mine = ++this.#turn
    this.#letGo()
    await this.#join(audience, mine)
  }

  #heedLog(): void {
    const own = this.#own.state()
    if (own.kind === 'out') return
    if (this.#usesPictures && mayNotShow(this.#client)) this.#withoutPictures('procedure')
    const barred = barredFrom(this.#client, own.audience)
    if (own.kind === 'paused') {
      if (barred === undefined) void this.#joinAnew(own.audience)
      else if (barred !== 'paused') void this.#out(own.audience, barred)
    } else if (this.#live && barred === 'paused') this.#pause(own.audience)
    else if (this.#live && barred && barred !== 'paused') void this.#out(own.audience, barred)
  }

  #keepMembers(): void {
    const live = this.#live
    if (!live || live.away) return
    const members = this.#client.owned(callsHere).state().members.get(live.audience) ?? []
    if (!members.some(({ mediaId }) => mediaId === live.joined.mediaId)) return // told before this device was in it
    live.peers.keep(members.map(({ mediaId }) => mediaId).filter((id) => id !== live.joined.mediaId))
    this.watch.look()
  }

  #heedConnection(): void {
    const live = this.#live
    if (!live) return
    if (this.#client.connection.state().kind === 'live') return void this.#comeBack(live)
    live.away ??= this.#client.timers.after(KEPT_FOR, () => void this.#out(live.audience, 'cut'))
    this.#show()
  }

  /** The connection is there again: the place is asked for, and the ways to the others are looked for anew. */
  async #comeBack(live: Live): Promise<void> {
    const { audience, joined } = live
    const request: CallJoinRequest = { audience, muted: this.#voice.muted, video: this.#face.track !== undefined, mediaId: joined.mediaId }
    const ack = await this.#client.connection.ask<Ack<CallJoined>>(CALL_WIRE.join, request).catch(() => undefined)
    if (this.#live !== live || !ack) return
    if (!ack.ok) {
      if (ack.problem.reason === 'calls/paused') return this.#pause(audience)
      return void this.#out(live.audience, 'cut')
    }
    live.away?.()
    live.away = undefined
    live.ice = ack.value.ice
    const isKept = ack.value.mediaId === joined.mediaId
    live.joined = ack.value
    if (isKept) {
      live.peers.keep(this.#othersIn(ack.value))
      for (const { to, data } of live.unsent.splice(0)) void this.#signal(to, data)
      live.peers.restart(live.ice, 'all')
    } else {
      live.unsent = []
      live.peers.close()
      live.peers = this.#peersFor(ack.value)
      live.peers.begin(this.#othersIn(ack.value))
    }
    this.#changed()
  }

  async #restart(which: 'all' | 'lost'): Promise<void> {
    const live = this.#live
    if (!live || live.away) return
    if (live.ice.until <= this.#client.now()) {
      const ack = await this.#client.connection.ask<Ack<IceSettings>>(CALL_WIRE.relay, {}).catch(() => undefined)
      if (ack?.ok) live.ice = ack.value
    }
    if (this.#live === live) live.peers.restart(live.ice, which)
  }

  get #usesPictures(): boolean {
    return this.#live !== undefined && (this.#live.wantsPictures || this.#face.track !== undefined)
  }

  #withoutPictures(why: NoPictures): void {
    const live = this.#live
    if (!live) return
    live.wantsPictures = false
    live.noPictures = why
    this.#face.hide()
    this.#changed()
  }

  /** Something of what this device sends or wishes to see is different: to the connections, to the others, to the screen. */
  #changed(): void {
    const live = this.#live
    if (!live) return
    const picture = this.#face.track
    const before = this.#own.state()
    void live.peers.show({ sound: this.#voice.track, picture, wantsPicture: live.wantsPictures })
    this.#show()
    const muted = this.#voice.muted
    const isSame = before.kind === 'in' && before.muted === muted && (before.picture === undefined) === (picture === undefined)
    if (!isSame) this.#tell(CALL_WIRE.status, { muted, video: picture !== undefined, speaking: false })
  }

  #tell(name: string, input: unknown): void {
    void this.#client.connection.ask(name, input).catch(() => undefined) // what the next join tells anew
  }

  #show(): void {
    const live = this.#live
    if (!live) return
    this.#own.set({
      kind: 'in',
      audience: live.audience,
      mediaId: live.joined.mediaId,
      form: live.joined.form,
      muted: this.#voice.muted,
      microphoneFault: this.#voice.fault,
      picture: this.#face.track,
      wantsOwnPicture: this.#face.wanted,
      cameraFault: this.#face.fault,
      wantsPictures: live.wantsPictures,
      noPictures: live.noPictures,
      away: live.away !== undefined,
      held: this.#speakers.held,
    })
  }
}
