// The connections of one call: one for each other device in it (or, where the installation hands out the voices, one for one's own and one
// for each other's). Made by the list that the server tells, closed by it, and gone all together with the call.
import type { CallForm, CallSignal, IceSettings, SignalData } from '#shared/calls/call-wire.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import { Peer, type PeerDeps, type Shown } from './peer.ts'
import type { Speakers } from './speakers.ts'
import { type StatsEntries, type StatsSample, sampleOf } from './stats-sample.ts'

export type Reach = 'connecting' | 'connected' | 'lost' | 'unreachable'

/** How long a way to another device may take to be found before it is said that there is none. Relays on village lines are slow. */
const FOUND_WITHIN = 20_000

interface PeersDeps {
  readonly own: MediaId
  readonly form: CallForm
  readonly ice: IceSettings
  readonly connect: PeerDeps['connect']
  readonly speakers: Speakers
  readonly clock: Clock
  readonly tell: (to: MediaId, data: SignalData) => void
  readonly changed: () => void
}

interface Known {
  readonly peer: Peer
  readonly since: number
  wasConnected: boolean
  sample: StatsSample | undefined
}

export class Peers {
  readonly #deps: PeersDeps
  readonly #peers = new Map<MediaId, Known>()
  #ice: IceSettings
  #shown: Shown = { sound: undefined, picture: undefined, wantsPicture: false }

  constructor(deps: PeersDeps) {
    this.#deps = deps
    this.#ice = deps.ice
  }

  get ids(): readonly MediaId[] {
    return [...this.#peers.keys()]
  }

  /** The call as this device finds it when it comes in: whoever is in it is offered a connection. */
  begin(others: readonly MediaId[]): void {
    const { form, own } = this.#deps
    if (form === 'sfu') this.#open(own, { offers: true, polite: true, flow: 'send' })
    else for (const id of others) this.#open(id, { offers: true, polite: own < id, flow: 'both' })
  }

  /** Who is in the call now; whoever came offers the connection, whoever went is gone at once. */
  keep(others: readonly MediaId[]): void {
    const { form, own } = this.#deps
    for (const id of this.ids) if (!others.includes(id) && !(form === 'sfu' && id === own)) this.drop(id)
    for (const id of others) {
      if (this.#peers.has(id)) continue
      this.#open(id, form === 'sfu' ? { offers: false, polite: true, flow: 'receive' } : { offers: false, polite: own < id, flow: 'both' })
    }
  }

  /** From somebody who is not in the list it is nobody's. */
  take({ from, data }: CallSignal): void {
    void this.#peers.get(from)?.peer.take(data)
  }

  drop(id: MediaId): void {
    this.#peers.get(id)?.peer.close()
    this.#peers.delete(id)
    this.#deps.speakers.stop(id)
  }

  async show(shown: Shown): Promise<void> {
    this.#shown = shown
    await Promise.all([...this.#peers.values()].map(({ peer }) => peer.show(shown)))
  }

  /** Looks for the ways anew: all of them, or those that are lost. */
  restart(ice: IceSettings, which: 'all' | 'lost'): void {
    this.#ice = ice
    for (const { peer } of this.#peers.values()) if (which === 'all' || peer.state === 'lost') peer.restart(configurationOf(ice))
  }

  get anyLost(): boolean {
    return [...this.#peers.values()].some(({ peer }) => peer.state === 'lost')
  }

  reachOf(id: MediaId): Reach {
    const known = this.#peers.get(this.#deps.form === 'sfu' && !this.#peers.has(id) ? this.#deps.own : id)
    if (!known) return 'connecting'
    const { state } = known.peer
    if (state === 'connected') return 'connected'
    const isLate = this.#deps.clock.now() - known.since > FOUND_WITHIN
    return known.wasConnected ? 'lost' : isLate ? 'unreachable' : 'connecting'
  }

  pictureOf(id: MediaId): MediaStreamTrack | undefined {
    return this.#peers.get(id)?.peer.picture
  }

  levelOf(id: MediaId): number {
    return this.#peers.get(id)?.peer.level ?? 0
  }

  /** What each connection has counted since the last time. */
  async sample(): Promise<ReadonlyMap<MediaId, StatsSample>> {
    const samples = await Promise.all(
      [...this.#peers].map(async ([id, known]) => {
        const sample = sampleOf(entriesOf(await known.peer.stats()), known.sample?.counted)
        known.sample = sample
        return [id, sample] as const
      }),
    )
    return new Map(samples)
  }

  /** Nothing is sent or heard from this moment on. */
  close(): void {
    for (const id of this.ids) this.drop(id)
  }

  #open(id: MediaId, roles: Pick<PeerDeps, 'offers' | 'polite' | 'flow'>): void {
    const { connect, speakers, clock, tell, changed } = this.#deps
    const peer = new Peer({
      ...roles,
      connect,
      configuration: configurationOf(this.#ice),
      tell: (data) => tell(id, data),
      changed: () => {
        const known = this.#peers.get(id)
        if (!known || known.peer !== peer) return
        known.wasConnected ||= peer.state === 'connected'
        if (peer.sound && roles.flow !== 'send') speakers.play(id, peer.sound)
        changed()
      },
    })
    this.#peers.set(id, { peer, since: clock.now(), wasConnected: false, sample: undefined })
    void peer.show(this.#shown)
  }
}

function configurationOf({ policy, servers }: IceSettings): RTCConfiguration {
  return { iceTransportPolicy: policy, iceServers: servers.map(({ urls, ...rest }) => ({ ...rest, urls: [...urls] })) }
}

function entriesOf(report: RTCStatsReport): StatsEntries {
  const entries: Readonly<Record<string, unknown>>[] = []
  report.forEach((entry: unknown) => {
    entries.push(entry as Readonly<Record<string, unknown>>) // the report's own type says nothing of what its entries hold
  })
  return entries
}
