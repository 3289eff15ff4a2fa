// One audience on a device: the end of its chain without a gap, and what else is folded of it. Of a long chain the events of the conversation
// may be missing before the window; they are put before it page by page, and each page has to fit: in its links, its hashes, and in whatever
// this device has seen of that part before.
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { GENESIS } from '#shared/log/event.ts'
import { type AudienceState, emptyAudience, type Fold, foldEvent, type ParsedEvent } from '#shared/log/fold.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import type { Head, Integrity } from './integrity.ts'
import type { KnownKinds } from './known-kinds.ts'
import { readEvent } from './read-event.ts'

interface ChainDeps {
  readonly kinds: Pick<KnownKinds, 'folds' | 'definitions'>
  /** Every event that is taken in: its hashes are computed elsewhere. */
  readonly watch: (event: WireEvent) => void
  /** An event of a kind that this client does not know. */
  readonly onNewer: () => void
  readonly onFault: (fault: Integrity) => void
}

interface Window {
  /** Its first number, the time of that event, and the link before it. */
  readonly from: number
  readonly at: number
  readonly link: string
}

const FIRST_LINK = base64url(GENESIS)

export class Chain {
  #state: AudienceState
  #window: Window | undefined
  /** Of every event that was ever taken in, also before the window. */
  readonly #hashes = new Map<number, string>()
  readonly #waiting = new Map<number, WireEvent>()
  /** The head that was known last, from an earlier visit or before a long absence. What comes is to be linked to it. */
  #anchor: Head | undefined
  #isForked = false
  readonly #deps: ChainDeps

  constructor(audience: Audience, anchor: Head | undefined, deps: ChainDeps) {
    this.#state = emptyAudience(audience)
    this.#anchor = anchor
    this.#deps = deps
  }

  get state(): AudienceState {
    return this.#state
  }
  get head(): Head {
    const { audience, epoch, seq, hash } = this.#state
    return { audience, epoch, seq, hash }
  }
  /** Something waits for events before it. */
  get hasHole(): boolean {
    return this.#waiting.size > 0
  }
  /** Where the window begins, while something is missing before it. */
  get earlier(): Omit<Window, 'link'> | undefined {
    return this.#from > 1 ? this.#window : undefined
  }
  /** Nothing is missing between what was known last and the window. */
  get isLinked(): boolean {
    return this.#anchor === undefined || this.#from <= this.#anchor.seq
  }
  /** The last head that all later ones are linked to. */
  get linkedHead(): Head | undefined {
    return this.#goesOn ? this.head : this.#anchor
  }

  /** This device has all that there is: from here on its head is what it knew last. */
  settle(): void {
    if (this.#goesOn && !this.hasHole && this.#state.seq > 0) this.#anchor = this.head
  }

  /** What is here reaches what was known last, without a gap and without another history. */
  get #goesOn(): boolean {
    return this.isLinked && !this.#isForked && this.#state.seq >= (this.#anchor?.seq ?? 0)
  }

  get #from(): number {
    return this.#window?.from ?? 0
  }

  /** `leapsTo`: up to this number the conversation may be left out, nothing else. True when something was folded. */
  take(event: WireEvent, leapsTo = 0): boolean {
    const { seq } = this.#state
    if (event.seq <= seq) this.#again(event)
    else if (event.seq > seq + 1 && event.seq <= leapsTo) this.#leap(event)
    else this.#waiting.set(event.seq, event)
    this.#takeWaiting()
    return this.#state.seq > seq
  }

  /** Events that end just before the window, ascending. Others were asked for when the window was another one. True when they were folded. */
  before(events: readonly WireEvent[]): boolean {
    const page = events.filter(({ seq }) => seq < this.#from)
    let seq = this.#from - 1
    if (!this.#window || page.at(-1)?.seq !== seq) return false
    let { link } = this.#window
    for (const event of [...page].reverse()) {
      if (event.seq !== seq || event.hash !== link || !this.#mayStandBefore(event)) return this.#forked(seq)
      link = event.previous
      seq--
    }
    if (seq === 0 && link !== FIRST_LINK) return this.#forked(1)
    this.#putBefore(page)
    return true
  }

  /** The same event again is nothing new; another one in its place is another history. */
  #again({ audience, epoch, seq, hash }: WireEvent): void {
    const known = this.#hashes.get(seq)
    if (known === undefined || known === hash) return
    if (epoch <= this.#state.epoch) this.#forked(seq)
    else this.#deps.onFault({ kind: 'behind', audience })
  }

  #leap(event: WireEvent): void {
    this.#state = { ...this.#state, slices: withoutPaged(this.#deps.kinds.folds, this.#state.slices) }
    for (const seq of this.#waiting.keys()) if (seq <= event.seq) this.#waiting.delete(seq)
    this.#window = undefined
    this.#place(event)
  }

  #takeWaiting(): void {
    for (let next = this.#waiting.get(this.#state.seq + 1); next; next = this.#waiting.get(this.#state.seq + 1)) {
      this.#waiting.delete(next.seq)
      if (next.previous === (this.#hashes.get(this.#state.seq) ?? FIRST_LINK)) this.#place(next)
      else {
        this.#forked(next.seq)
        this.#waiting.clear()
      }
    }
  }

  #place(event: WireEvent): void {
    if (this.#contradicts(event)) this.#forked(event.seq)
    this.#state = this.#folded(this.#deps.kinds.folds, this.#state, event)
    if (!this.#window) this.#beginAt(event)
  }

  #putBefore(page: readonly WireEvent[]): void {
    const paged = this.#deps.kinds.folds.filter(({ join }) => join)
    const older = page.reduce((state, event) => this.#folded(paged, state, event), emptyAudience(this.#state.audience))
    const slices = { ...this.#state.slices }
    for (const { name, initial, join } of paged) slices[name] = join?.(older.slices[name] ?? initial, slices[name] ?? initial)
    this.#state = { ...this.#state, slices }
    for (const first of page.slice(0, 1)) this.#beginAt(first)
  }

  #folded(folds: readonly Fold[], state: AudienceState, event: WireEvent): AudienceState {
    const { kind, event: parsed } = readEvent(event, this.#deps.kinds.definitions)
    if (kind === 'unknown') this.#deps.onNewer()
    this.#hashes.set(event.seq, event.hash)
    this.#deps.watch(event)
    return foldEvent(folds, state, parsed as ParsedEvent) // parsed, or without a body
  }

  #beginAt({ seq, at, previous }: WireEvent): void {
    this.#window = { from: seq, at, link: previous }
  }

  /** What is known of this place is the same; and what was left out is no more than conversation. */
  #mayStandBefore(event: WireEvent): boolean {
    const known = this.#hashes.get(event.seq)
    if (this.#contradicts(event) || (known !== undefined && known !== event.hash)) return false
    const definition = this.#deps.kinds.definitions.get(event.type)
    return known !== undefined || !definition || definition.paged === true
  }

  #contradicts({ epoch, seq, hash }: WireEvent): boolean {
    const known = this.#anchor
    return known !== undefined && known.epoch === epoch && known.seq === seq && known.hash !== hash
  }

  #forked(seq: number): false {
    this.#isForked = true
    this.#deps.onFault({ kind: 'forked', audience: this.#state.audience, seq })
    return false
  }
}

function withoutPaged(folds: readonly Fold[], slices: AudienceState['slices']): AudienceState['slices'] {
  const paged = new Set(folds.flatMap(({ name, join }) => (join ? [name] : [])))
  return Object.fromEntries(Object.entries(slices).filter(([name]) => !paged.has(name)))
}
