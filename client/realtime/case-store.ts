// What one device knows of a case: per audience the events in the order of their chain, folded. Events may come twice, late and in any
// order; what cannot be linked yet waits here and is asked for. Left audiences are forgotten, their heads excepted.
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Kinds } from '#shared/log/capability.ts'
import type { AudienceState, Fold } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { PresenceNotice, ResumeAnswer, Seen, WireEvent } from '#shared/protocol/wire.ts'
import { Chain } from './chain.ts'
import { createChainWatch, type Digest } from './chain-watch.ts'
import type { Head, Integrity } from './integrity.ts'
import { type KnownKinds, knownKinds } from './known-kinds.ts'

/** Where the part of a conversation that this device holds begins. */
export interface HeldFrom {
  readonly from: number
  /** When it was said. Milliseconds since 1970. */
  readonly at: number
}

export interface CaseSnapshot {
  readonly me: ParticipantId | undefined
  readonly audiences: ReadonlyMap<Audience, AudienceState>
  /** The audiences of which older words can be fetched. */
  readonly earlier: ReadonlyMap<Audience, HeldFrom>
  readonly connected: ReadonlySet<ParticipantId>
  readonly integrity: Integrity
  /** Everything that the server had when asked is folded, older words excepted; false again while a new connection is catching up. */
  readonly caughtUp: boolean
  /** Milliseconds by which the server's clock is ahead of this device's. */
  readonly ahead: number
  /** An event of a kind that this client does not know: a newer one is served. */
  readonly newer: boolean
}

export interface CaseStore {
  snapshot(): CaseSnapshot
  subscribe(listener: () => void): () => void
  /** Where each audience stands: what is asked for lies behind it. */
  heads(): readonly Head[]
  /** To be remembered: of each audience the last head to which what is held here is linked. */
  linkedHeads(): readonly Head[]
  /** Audiences whose held part is not yet linked to what this device knew last. */
  unlinked(): readonly Audience[]
  /** Where an audience stands, as a command's `seen`. */
  seen(audience: Audience): Seen | undefined
  /** Fetches what is needed to read these. Undefined: they can be taken in at once. Rejects where it cannot be had now. */
  ready(events: readonly WireEvent[]): Promise<void> | undefined
  receive(events: readonly WireEvent[]): void
  /** A resume's answer; true while there is more to ask for. */
  resumed(answer: ResumeAnswer, localNow: number): boolean
  /** Older words of an audience, ascending, that end where the held part begins. */
  older(audience: Audience, events: readonly WireEvent[]): void
  presence(notice: PresenceNotice): void
  /** Something waits for events before it. */
  hasHole(): boolean
  /** Resolves when every hash taken in so far was computed. */
  verified(): Promise<void>
  wipe(): void
}

export interface CaseStoreDeps {
  readonly caseId: CaseId
  readonly folds: readonly Fold[]
  readonly events: readonly EventDefinition[]
  /** The kinds that are not among these, fetched when the first event of them comes. */
  readonly fetchLater?: (() => Promise<Kinds>) | undefined
  /** False once the audience itself says that this person reads it no longer. */
  readonly reads: (state: AudienceState, me: ParticipantId) => boolean
  /** The seq up to which the conversation of an audience is not this person's to read: it is neither asked for nor missed. */
  readonly wordsAfter: (state: AudienceState, me: ParticipantId) => number
  /** Undefined where the browser gives no cryptography: links are checked, hashes are not. */
  readonly digest?: Digest
  /** What this device remembers from earlier. */
  readonly remembered?: readonly Head[]
}

interface Found {
  readonly integrity?: Integrity
  readonly newer?: true
}

export function createCaseStore(deps: CaseStoreDeps): CaseStore {
  return new Store(deps)
}

class Store implements CaseStore {
  readonly #deps: CaseStoreDeps
  readonly #listeners = new Set<() => void>()
  readonly #kinds: KnownKinds
  readonly #chains = new Map<Audience, Chain>()
  readonly #left = new Map<Audience, Head>()
  readonly #remembered: ReadonlyMap<Audience, Head>
  readonly #watch: ReturnType<typeof createChainWatch>
  #current = nothingKnown()
  /** What the chains have found since it was last told. */
  #found: Found = {}

  constructor(deps: CaseStoreDeps) {
    this.#deps = deps
    this.#kinds = knownKinds(deps, deps.fetchLater)
    this.#remembered = new Map(deps.remembered?.map((head) => [head.audience, head]))
    this.#watch = createChainWatch(deps.digest, (audience, seq) => this.#publish({ integrity: { kind: 'forked', audience, seq } }))
  }

  // Handed on as they are: bound to this store.
  readonly snapshot = () => this.#current
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  heads() {
    return [...this.#known().map((chain) => chain.head), ...this.#left.values()]
  }

  linkedHeads() {
    const known = this.#known()
    const here = new Set([...known.map(({ head }) => head.audience), ...this.#left.keys()])
    // An audience of which nothing came this time stays remembered: whoever leaves it out of an answer makes nobody forget it.
    const rest = [...this.#remembered.values()].filter(({ audience }) => !here.has(audience))
    return [...known.flatMap((chain) => chain.linkedHead ?? []), ...this.#left.values(), ...rest]
  }

  unlinked() {
    return this.#known().flatMap((chain) => (chain.isLinked || !this.#earlierOf(chain) ? [] : [chain.head.audience]))
  }

  seen(audience: Audience) {
    const chain = this.#chains.get(audience)
    return chain && chain.state.seq > 0 ? chain.head : undefined
  }

  ready(events: readonly WireEvent[]) {
    return this.#kinds.ready(events)
  }

  receive(events: readonly WireEvent[]) {
    const changed = this.#take(events, new Map())
    if (changed && this.#current.caughtUp) {
      this.#forgetLeft(this.#current.me)
      this.#settle(new Set(events.map(({ audience }) => audience)))
    }
    this.#tell(changed)
  }

  resumed(answer: ResumeAnswer, localNow: number) {
    const leaps = new Map(answer.audiences.flatMap(({ audience, from }) => (from === undefined ? [] : [[audience, from] as const])))
    // What was left is asked for anew from the start: an answer that goes on where it was left has not all of it.
    for (const audience of this.#left.keys()) leaps.delete(audience)
    const changed = this.#take(answer.events, leaps)
    const more = answer.audiences.some(({ state }) => state === 'more')
    if (!more) {
      this.#forgetLeft(answer.me)
      this.#settle(this.#chains.keys())
    }
    const behind = this.#behind(answer)
    this.#publish({
      ...(behind ? { integrity: behind } : {}),
      ...(changed || !more ? this.#folded(answer.me) : {}),
      me: answer.me,
      connected: new Set(answer.connected),
      ahead: answer.now - localNow,
      caughtUp: this.#current.caughtUp || !more,
    })
    return more
  }

  older(audience: Audience, events: readonly WireEvent[]) {
    const chain = this.#chains.get(audience)
    if (!chain || events.some((event) => event.caseId !== this.#deps.caseId || event.audience !== audience)) return
    const changed = chain.before(events)
    if (changed && this.#current.caughtUp) chain.settle()
    this.#tell(changed)
  }

  presence({ participantId, connected }: PresenceNotice) {
    if (this.#current.connected.has(participantId) === connected) return
    const next = new Set(this.#current.connected)
    if (connected) next.add(participantId)
    else next.delete(participantId)
    this.#publish({ connected: next })
  }

  hasHole() {
    return [...this.#chains.values()].some((chain) => chain.hasHole)
  }

  verified() {
    return this.#watch.settled()
  }

  wipe() {
    this.#chains.clear()
    this.#left.clear()
    this.#current = nothingKnown()
    for (const listener of [...this.#listeners]) listener()
  }

  #known(): readonly Chain[] {
    return [...this.#chains.values()].filter(({ state }) => state.seq > 0)
  }

  /** Folds what can be linked; whether anything could. */
  #take(events: readonly WireEvent[], leaps: ReadonlyMap<Audience, number>): boolean {
    let changed = false
    for (const event of events) {
      const { audience } = event
      const left = this.#left.get(audience)
      if (event.caseId !== this.#deps.caseId || event.seq <= (left?.seq ?? 0)) continue
      this.#left.delete(audience) // let in again: the whole chain is asked for anew
      if (this.#chainOf(audience, left).take(event, leaps.get(audience))) changed = true
    }
    return changed
  }

  #chainOf(audience: Audience, left: Head | undefined): Chain {
    let chain = this.#chains.get(audience)
    if (!chain) {
      chain = new Chain(audience, left ?? this.#remembered.get(audience), {
        kinds: this.#kinds,
        watch: (event) => this.#watch.add(event),
        onNewer: () => this.#find({ newer: true }),
        onFault: (integrity) => this.#find({ integrity }),
      })
      this.#chains.set(audience, chain)
    }
    return chain
  }

  #settle(audiences: Iterable<Audience>) {
    for (const audience of audiences) this.#chains.get(audience)?.settle()
  }

  /** A head kept from earlier that the server no longer reaches: the record was cut, or restored from a copy. */
  #behind({ audiences }: ResumeAnswer): Integrity | undefined {
    const cut = audiences.find(({ audience, state, head, epoch }) => {
      const known = this.#remembered.get(audience)
      return state === 'behind' || (known && known.epoch === epoch && known.seq > head)
    })
    return cut && { kind: 'behind', audience: cut.audience }
  }

  #forgetLeft(me: ParticipantId | undefined) {
    if (!me) return
    for (const [audience, chain] of this.#chains) {
      if (chain.hasHole || chain.state.seq === 0 || this.#deps.reads(chain.state, me)) continue
      this.#left.set(audience, chain.head)
      this.#chains.delete(audience)
    }
  }

  /** The first of a kind counts. */
  #find(found: Found) {
    this.#found = { ...found, ...this.#found }
  }

  #tell(changed: boolean) {
    if (changed || Object.keys(this.#found).length > 0) this.#publish(this.#folded())
  }

  #folded(me = this.#current.me): Pick<CaseSnapshot, 'audiences' | 'earlier'> {
    const audiences = new Map<Audience, AudienceState>()
    const earlier = new Map<Audience, HeldFrom>()
    for (const chain of this.#known()) {
      const { audience } = chain.state
      audiences.set(audience, chain.state)
      const held = this.#earlierOf(chain, me)
      if (held) earlier.set(audience, held)
    }
    return { audiences, earlier }
  }

  /** Where the held part begins, while something before it can be fetched. */
  #earlierOf({ state, earlier }: Chain, me = this.#current.me): HeldFrom | undefined {
    return earlier && me && earlier.from > this.#deps.wordsAfter(state, me) + 1 ? earlier : undefined
  }

  #publish(change: Partial<CaseSnapshot>) {
    const { integrity } = this.#current
    this.#current = { ...this.#current, ...change, ...this.#found, ...(integrity.kind === 'forked' ? { integrity } : {}) }
    this.#found = {}
    for (const listener of [...this.#listeners]) listener()
  }
}

function nothingKnown(): CaseSnapshot {
  return {
    me: undefined,
    audiences: new Map(),
    earlier: new Map(),
    connected: new Set(),
    integrity: { kind: 'whole' },
    caughtUp: false,
    ahead: 0,
    newer: false,
  }
}
