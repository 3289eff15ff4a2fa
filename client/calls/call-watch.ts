// What goes on in a call while people speak: who speaks, who is reached, how much of the person's data it takes, whether the connection
// carries pictures. Looked at four times a second for the voices, every two seconds for the rest.
import type { CaseClient } from '#client/realtime/case-client.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import type { CallTools } from './call-tools.ts'
import { nextWeakness, qualityOf } from './media/connection-quality.ts'
import { DataMeter, dataLeft } from './media/data-meter.ts'
import type { Peers } from './media/peers.ts'
import { type SoundLevel, SpeakingMark } from './media/sound-level.ts'
import type { StatsSample } from './media/stats-sample.ts'
import type { Voice } from './media/voice.ts'
import type { Heard, HeardMember, NoPictures } from './own-call.ts'
import { rememberData, rememberedData } from './remembered-call.ts'

const LOOK_EVERY = 250
const SAMPLE_EVERY = 2_000
/** A way that is lost comes back by itself within a moment, or has to be looked for. */
const RESTART_AFTER = 4_000

interface Watched {
  peers(): Peers | undefined
  usesPictures(): boolean
  withoutPictures(why: NoPictures): void
  usedUp(): void
  /** Somebody's way is lost. */
  restart(): void
}

export class CallWatch {
  readonly heard: Store<Heard>
  readonly #heard = createStore<Heard>({ selfSpeaks: false, members: new Map(), data: rememberedData() })
  readonly #client: Pick<CaseClient, 'timers' | 'clock'>
  readonly #watched: Watched
  readonly #levelOf: CallTools['level']
  readonly #marks = new Map<MediaId | 'self', SpeakingMark>()
  readonly #meter = new DataMeter(this.#heard.state().data.bytes)
  #voice: Voice | undefined
  #level: { readonly of: MediaStreamTrack; readonly level: SoundLevel } | undefined
  #weakness = 0
  #lostSince: number | undefined
  #cancel: (() => void)[] = []

  constructor(client: Pick<CaseClient, 'timers' | 'clock'>, levelOf: CallTools['level'], watched: Watched) {
    this.#levelOf = levelOf
    this.heard = this.#heard
    this.#client = client
    this.#watched = watched
  }

  begin(voice: Voice): void {
    this.end()
    this.#voice = voice
    this.#repeat(LOOK_EVERY, () => this.look())
    this.#repeat(SAMPLE_EVERY, () => void this.#sample())
  }

  /** How much of their data the person lets calls use. */
  allow(bytes: number | undefined): void {
    this.#tellData(bytes)
  }

  /** Draws anew what is heard now. */
  look(): void {
    const peers = this.#watched.peers()
    if (!peers) return
    for (const whose of this.#marks.keys()) if (whose !== 'self' && !peers.ids.includes(whose)) this.#marks.delete(whose)
    const members = new Map(
      peers.ids.map((id): [MediaId, HeardMember] => {
        const reach = peers.reachOf(id)
        return [id, { reach, speaking: this.#speaks(id, peers.levelOf(id)), picture: peers.pictureOf(id) }]
      }),
    )
    const selfSpeaks = this.#speaks('self', this.#ownLevel())
    const before = this.#heard.state()
    if (before.selfSpeaks !== selfSpeaks || !isSame(before.members, members)) this.#heard.set({ ...before, selfSpeaks, members })
  }

  end(): void {
    for (const cancel of this.#cancel) cancel()
    this.#cancel = []
    this.#level?.level.close()
    this.#level = undefined
    this.#voice = undefined
    this.#marks.clear()
    this.#weakness = 0
    this.#lostSince = undefined
    // what the last moment has used is counted too; the connections are closed right after this
    const peers = this.#watched.peers()
    if (peers)
      void peers.sample().then(
        (samples) => this.#count(samples),
        () => undefined,
      )
    this.#heard.set({ ...this.#heard.state(), selfSpeaks: false, members: new Map() })
  }

  #repeat(every: number, run: () => void): void {
    const at = this.#cancel.length
    const again = () => {
      this.#cancel[at] = this.#client.timers.after(every, again)
      run()
    }
    this.#cancel[at] = this.#client.timers.after(every, again)
  }

  #speaks(whose: MediaId | 'self', level: number): boolean {
    const mark = this.#marks.get(whose) ?? new SpeakingMark()
    this.#marks.set(whose, mark)
    return mark.tell(level, LOOK_EVERY)
  }

  #ownLevel(): number {
    const track = this.#voice?.track
    if (this.#level && this.#level.of !== track) {
      this.#level.level.close()
      this.#level = undefined
    }
    if (!track || this.#voice?.muted) return 0
    this.#level ??= { of: track, level: this.#levelOf(track) }
    return this.#level.level.now()
  }

  async #sample(): Promise<void> {
    const peers = this.#watched.peers()
    if (!peers) return
    const samples = await peers.sample()
    if (this.#watched.peers() !== peers) return
    this.#count(samples)
    this.#weakness = nextWeakness(this.#weakness, [...samples.values()])
    const left = dataLeft(this.#heard.state().data)
    if (left === 'nothing') return this.#watched.usedUp()
    if (this.#watched.usesPictures()) {
      if (left === 'sound-only') this.#watched.withoutPictures('data')
      else if (qualityOf(this.#weakness) === 'weak') this.#watched.withoutPictures('weak')
    }
    this.#heedLost(peers)
  }

  #count(samples: ReadonlyMap<MediaId, StatsSample>): void {
    for (const [id, { bytes }] of samples) this.#meter.count(id, bytes)
    this.#tellData(this.#heard.state().data.allowed)
  }

  #heedLost(peers: Peers): void {
    const now = this.#client.clock.now()
    if (!peers.anyLost) this.#lostSince = undefined
    else if (this.#lostSince === undefined) this.#lostSince = now
    else if (now - this.#lostSince >= RESTART_AFTER) {
      this.#lostSince = now
      this.#watched.restart()
    }
  }

  #tellData(allowed: number | undefined): void {
    const data = { bytes: this.#meter.bytes, allowed }
    const before = this.#heard.state()
    if (before.data.bytes === data.bytes && before.data.allowed === allowed) return
    rememberData(data)
    this.#heard.set({ ...before, data })
  }
}

function isSame(before: ReadonlyMap<MediaId, HeardMember>, now: ReadonlyMap<MediaId, HeardMember>): boolean {
  return (
    before.size === now.size &&
    [...now].every(([id, { speaking, reach, picture }]) => {
      const one = before.get(id)
      return one?.speaking === speaking && one.reach === reach && one.picture === picture
    })
  )
}
