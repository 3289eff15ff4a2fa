// What one device knows of a case: per audience the events in the order of their chain, folded. Events may come twice, late and in any
// order; what cannot be linked yet waits here and is asked for. Left audiences are forgotten, their heads excepted.
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { GENESIS } from '#shared/log/event.ts'
import { type AudienceState, emptyAudience, type Fold, foldEvent, type ParsedEvent } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { PresenceNotice, ResumeAnswer, Seen, WireEvent } from '#shared/protocol/wire.ts'
import { createChainWatch, type Digest } from './chain-watch.ts'
import { readEvent } from './read-event.ts'

export interface Head {
  readonly audience: Audience
  readonly epoch: number
  readonly seq: number
  readonly hash: string
}

type Integrity =
  | { readonly kind: 'whole' }
  /** Two histories: what the server sends does not continue, or is not, what this device knows. */
  | { readonly kind: 'forked'; readonly audience: Audience; readonly seq: number }
  /** The server knows less than this device (a restore from backup). */
  | { readonly kind: 'behind'; readonly audience: Audience }

export interface CaseSnapshot {
  readonly me: ParticipantId | undefined
  readonly audiences: ReadonlyMap<Audience, AudienceState>
  readonly connected: ReadonlySet<ParticipantId>
  readonly integrity: Integrity
  /** Everything that the server had when asked is folded; false again while a new connection is catching up. */
  readonly caughtUp: boolean
  /** Milliseconds by which the server's clock is ahead of this device's. */
  readonly ahead: number
  /** An event of a kind that this client does not know: a newer one is served. */
  readonly newer: boolean
}

export interface CaseStore {
  snapshot(): CaseSnapshot
  subscribe(listener: () => void): () => void
  heads(): readonly Head[]
  /** Where an audience stands, as a command's `seen`. */
  seen(audience: Audience): Seen | undefined
  receive(events: readonly WireEvent[]): void
  /** A resume's answer; true while there is more to ask for. */
  resumed(answer: ResumeAnswer, localNow: number): boolean
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
  /** False once the audience itself says that this person reads it no longer. */
  readonly reads: (state: AudienceState, me: ParticipantId) => boolean
  /** Undefined where the browser gives no cryptography: links are checked, hashes are not. */
  readonly digest?: Digest
  /** What this device remembers from earlier. */
  readonly remembered?: readonly Head[]
}

interface Chain {
  state: AudienceState
  /** The hash of event number seq stands at seq - 1. */
  readonly hashes: string[]
  readonly waiting: Map<number, WireEvent>
}

const FIRST_LINK = base64url(GENESIS)

export function createCaseStore(deps: CaseStoreDeps): CaseStore {
  const listeners = new Set<() => void>()
  const definitions = new Map(deps.events.map((definition) => [definition.name as string, definition]))
  const chains = new Map<Audience, Chain>()
  const left = new Map<Audience, Head>()
  const remembered = new Map(deps.remembered?.map((head) => [head.audience, head]))
  let current = nothingKnown()
  const watch = createChainWatch(deps.digest, (audience, seq) => {
    publish({ integrity: { kind: 'forked', audience, seq } })
  })

  function publish(change: Partial<CaseSnapshot>) {
    const integrity = current.integrity.kind === 'forked' ? current.integrity : (change.integrity ?? current.integrity)
    current = { ...current, ...change, integrity }
    for (const listener of [...listeners]) listener()
  }

  /** Folds what can be linked; the audiences that changed. */
  function take(events: readonly WireEvent[]): { changed: boolean; fault?: Integrity; newer: boolean } {
    let changed = false
    let newer = false
    let fault: Integrity | undefined
    for (const event of events) {
      if (event.caseId !== deps.caseId || event.seq <= (left.get(event.audience)?.seq ?? 0)) continue
      left.delete(event.audience) // let in again: the whole chain is asked for anew
      let chain = chains.get(event.audience)
      if (!chain) {
        chain = { state: emptyAudience(event.audience), hashes: [], waiting: new Map() }
        chains.set(event.audience, chain)
      }
      if (event.seq <= chain.state.seq) {
        // the same event again is nothing new; another one in its place is another history
        if (chain.hashes[event.seq - 1] !== event.hash && event.epoch <= chain.state.epoch) {
          fault ??= { kind: 'forked', audience: event.audience, seq: event.seq }
        } else if (chain.hashes[event.seq - 1] !== event.hash) {
          fault ??= { kind: 'behind', audience: event.audience }
        }
        continue
      }
      chain.waiting.set(event.seq, event)
      for (let next = chain.waiting.get(chain.state.seq + 1); next; next = chain.waiting.get(chain.state.seq + 1)) {
        chain.waiting.delete(next.seq)
        if (next.previous !== (chain.hashes.at(-1) ?? FIRST_LINK)) {
          fault ??= { kind: 'forked', audience: next.audience, seq: next.seq }
          chain.waiting.clear()
          break
        }
        const known = remembered.get(next.audience)
        if (known && known.epoch === next.epoch && known.seq === next.seq && known.hash !== next.hash) {
          fault ??= { kind: 'forked', audience: next.audience, seq: next.seq }
        }
        const parsed = readEvent(next, definitions)
        if (parsed.kind === 'unknown') newer = true
        chain.state = foldEvent(deps.folds, chain.state, parsed.event as ParsedEvent) // parsed, or without a body
        chain.hashes.push(next.hash)
        watch.add(next)
        changed = true
      }
    }
    return { changed, newer, ...(fault ? { fault } : {}) }
  }

  function forgetLeft(me: ParticipantId | undefined) {
    if (!me) return
    for (const [audience, { state, waiting }] of chains) {
      if (waiting.size > 0 || state.seq === 0 || deps.reads(state, me)) continue
      left.set(audience, { audience, epoch: state.epoch, seq: state.seq, hash: state.hash })
      chains.delete(audience)
    }
  }

  function folded(): Pick<CaseSnapshot, 'audiences'> {
    const audiences = new Map<Audience, AudienceState>()
    for (const [audience, { state }] of chains) if (state.seq > 0) audiences.set(audience, state)
    return { audiences }
  }

  return {
    snapshot: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    heads: () => [
      ...[...chains.values()]
        .filter(({ state }) => state.seq > 0)
        .map(({ state: { audience, epoch, seq, hash } }) => ({ audience, epoch, seq, hash })),
      ...left.values(),
    ],
    seen(audience) {
      const state = chains.get(audience)?.state
      return state && state.seq > 0 ? { audience, epoch: state.epoch, seq: state.seq, hash: state.hash } : undefined
    },
    receive(events) {
      const { changed, fault, newer } = take(events)
      if (changed && current.caughtUp) forgetLeft(current.me)
      if (changed || fault || newer) publish({ ...folded(), ...(fault ? { integrity: fault } : {}), ...(newer ? { newer } : {}) })
    },
    resumed(answer, localNow) {
      const { fault, newer, changed } = take(answer.events)
      const more = answer.audiences.some(({ state }) => state === 'more')
      let integrity = fault
      for (const { audience, state, head, epoch } of answer.audiences) {
        const known = remembered.get(audience)
        // a head kept from earlier that the server no longer reaches: the record was cut, or restored from a copy
        if (state === 'behind' || (known && known.epoch === epoch && known.seq > head)) integrity ??= { kind: 'behind', audience }
      }
      if (!more) forgetLeft(answer.me)
      publish({
        ...(changed || !more ? folded() : {}),
        me: answer.me,
        connected: new Set(answer.connected),
        ahead: answer.now - localNow,
        caughtUp: current.caughtUp || !more,
        ...(integrity ? { integrity } : {}),
        ...(newer ? { newer } : {}),
      })
      return more
    },
    presence({ participantId, connected }) {
      if (current.connected.has(participantId) === connected) return
      const next = new Set(current.connected)
      if (connected) next.add(participantId)
      else next.delete(participantId)
      publish({ connected: next })
    },
    hasHole: () => [...chains.values()].some(({ waiting }) => waiting.size > 0),
    verified: () => watch.settled(),
    wipe() {
      chains.clear()
      left.clear()
      current = nothingKnown()
      for (const listener of [...listeners]) listener()
    },
  }
}

function nothingKnown(): CaseSnapshot {
  return {
    me: undefined,
    audiences: new Map(),
    connected: new Set(),
    integrity: { kind: 'whole' },
    caughtUp: false,
    ahead: 0,
    newer: false,
  }
}
