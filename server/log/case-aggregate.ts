// One case on one server: decides over the commits under way, stores them in order, and decides again when somebody else was first.

import type { AppendAnswer, Commit, LogStore } from '#server/storage/ports.ts'
import type { Turns } from '#server/workers/turns.ts'
import { type Actor, type By, byOf } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError, type Problem } from '#shared/kernel/errors.ts'
import type { CaseId, CommandId } from '#shared/kernel/ids.ts'
import { serialQueue, serialQueues } from '#shared/kernel/serial-queue.ts'
import type { NewEvent, Rule, View } from '#shared/log/decide.ts'
import { seenText } from '#shared/log/event.ts'
import { emptyAudience, type Fold, type ParsedEvent } from '#shared/log/fold.ts'
import { withoutRedacted } from '#shared/log/redaction.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { EventPlace, QuotaNear, Seen, WireEvent } from '#shared/protocol/wire.ts'
import type { AudienceKeys } from './audience-keys.ts'
import { charged, EMPTY_CASE, foldCommit, type LoadedCase, type Readers, viewFor } from './case-state.ts'
import { commandMac, isOfCommand } from './commit-macs.ts'
import type { AudienceKey } from './derived-keys.ts'
import { type EncodedEvent, encodeEvent, isReadable, parseEvent, wireEvent } from './event-codec.ts'
import type { FetchFacts } from './facts.ts'
import { isContentForgotten } from './forgotten-content.ts'
import { countedIn, Meter, type Quota, quotaFor, quotaNear, quotaRefusal, sizeOf } from './quota.ts'
import type { Committed, Subscribers } from './subscribers.ts'

export interface AggregateDeps {
  readonly log: LogStore
  readonly keys: AudienceKeys
  readonly clock: Clock
  readonly entropy: Entropy
  /** Runs at the end of this turn, so that what arrives together is stored together. */
  readonly defer: (run: () => void) => void
  /** For a long record, read in pieces. */
  readonly turns: Turns
  readonly folds: readonly Fold[]
  readonly definitions: ReadonlyMap<string, EventDefinition>
  readonly readers: Readers
  readonly epoch: number
  /** What one person may write in a case. */
  readonly quota: Quota
  readonly subscribers: Pick<Subscribers, 'committed' | 'loaded'>
  /** Told of a command whose commit no database takes, or nobody could read again: a check is missing somewhere before. */
  readonly onUnstorable?: (caseId: CaseId, command: string) => void
  /** Fetches the facts that a rule declares. */
  readonly facts: FetchFacts
}

export interface Asked {
  readonly rule: Rule
  readonly input: unknown
  readonly actor: Actor
  readonly commandId: CommandId
  readonly seen: Seen | undefined
}

interface Pending {
  readonly asked: Asked
  /** How often this was decided already. */
  readonly tries: number
  readonly commit: Commit
  readonly events: readonly ParsedEvent[]
  readonly wires: readonly WireEvent[]
  readonly after: LoadedCase
  readonly settle: (places: readonly EventPlace[]) => void
  readonly fail: (cause: unknown) => void
}

interface Decided {
  readonly events: readonly NewEvent[]
  readonly at: number
  readonly tries: number
}

/** Commits read, opened and folded in one piece: some milliseconds. */
const PAGE = 50
const MAX_TRIES = 20

export class CaseAggregate {
  readonly #caseId: CaseId
  readonly #deps: AggregateDeps
  #committed: LoadedCase = EMPTY_CASE
  #waiting: Pending[] = []
  #storing = false
  #flushAsked = false
  /** Storing and reading on take turns: both move the committed state. */
  readonly #exclusive = serialQueue()
  readonly #sameCommand = serialQueues<string>()
  #loaded = false
  /** Of the people who write here; as many as a case has people. */
  readonly #meters = new Map<By, Meter>()

  constructor(caseId: CaseId, deps: AggregateDeps) {
    this.#caseId = caseId
    this.#deps = deps
  }

  get idle(): boolean {
    return this.#waiting.length === 0 && !this.#storing
  }

  /** The state up to the last durable commit. */
  async state(): Promise<LoadedCase> {
    if (!this.#loaded) await this.#load()
    return this.#committed
  }

  /** What is folded already, without waiting. */
  get current(): LoadedCase {
    return this.#committed
  }

  /** Reads what other servers have stored since, and tells of it. */
  refresh(): Promise<void> {
    return this.#exclusive(() => (this.#loaded ? this.#readOn() : this.#readFirst()))
  }

  /** Throws when this person writes too fast; asked before their command is read. */
  admit(rule: Rule, actor: Actor): void {
    if (actor.kind === 'system' || rule.weight === 'none') return
    const problem = this.#meterOf(actor).refusal(quotaFor(this.#deps.quota, actor), this.#deps.clock.now())
    if (problem) throw new AppError(problem)
  }

  /** What this person is warned of, from their own doings alone. */
  near(actor: Actor): QuotaNear | undefined {
    const by = byOf(actor)
    return quotaNear(quotaFor(this.#deps.quota, actor), this.#tip.spent.get(by), this.#meters.get(by), this.#deps.clock.now())
  }

  #meterOf(actor: Actor): Meter {
    const by = byOf(actor)
    const known = this.#meters.get(by) ?? new Meter(quotaFor(this.#deps.quota, actor), this.#deps.clock.now())
    this.#meters.set(by, known)
    return known
  }

  /** Sent once more before it was answered, a command waits for the first one, and then finds what that has done. */
  execute(asked: Asked): Promise<readonly EventPlace[]> {
    return this.#sameCommand.run(`${byOf(asked.actor)} ${asked.commandId}`, () => this.#decide(asked, 0))
  }

  async #decide(asked: Asked, triesBefore: number): Promise<readonly EventPlace[]> {
    if (!this.#loaded) await this.#load()
    for (let tries = triesBefore; tries < MAX_TRIES; tries++) {
      const answer = await this.#attempt(asked, tries)
      if (answer !== 'again') return answer
    }
    throw new AppError({ kind: 'unavailable' }, { message: 'lost the race for a case too often' })
  }

  async #attempt(asked: Asked, tries: number): Promise<readonly EventPlace[] | 'again'> {
    const { rule, actor, input, commandId } = asked
    const { clock, readers } = this.#deps
    const full = quotaRefusal(quotaFor(this.#deps.quota, actor), this.#tip.spent.get(byOf(actor)), rule.weight, clock.now())
    if (full) return this.#refused(asked, full)
    const sees = rule.sees?.(input) ?? []
    const wantsFacts = Object.keys(rule.facts).length > 0
    const look = () => viewFor(this.#tip, actor, readers, sees)
    const question = () => ({ caseId: this.#caseId, actor, commandId, input, view: look(), now: clock.now() })
    const facts = wantsFacts ? await this.#deps.facts(rule, question()) : {}
    const newId = (audience: Audience) => base64url(this.#deps.entropy.bytes(16, `id ${this.#caseId} ${audience}`))
    const view = look()
    const now = clock.now()
    const decision = rule.decide(view, input, { actor, now, newId, seen: asked.seen, facts: facts as never }) // facts fit the rule: fetched for it by name
    if (!decision.decided) return this.#refused(asked, decision.problem)
    if (decision.events.length === 0) return (await this.#firstResult(asked)) ?? []
    this.#guardAudiences(decision.events, view, actor)
    if (!decision.events.every(isReadable)) throw this.#unstorable(asked)
    const missing = decision.events.map((event) => event.audience).filter((audience) => !this.#deps.keys.cached(this.#caseId, audience))
    if (missing.length > 0) {
      await Promise.all(missing.map((audience) => this.#deps.keys.load(this.#caseId, audience)))
      return 'again' // the state may have moved on while the keys were fetched
    }
    return this.#enqueue(asked, { events: decision.events, at: now, tries })
  }

  /** A retry may be refused because its first try has already done it. */
  async #refused(asked: Asked, problem: Problem): Promise<readonly EventPlace[]> {
    const first = await this.#firstResult(asked)
    if (first) return first
    throw new AppError(problem)
  }

  /**
   * A rule that writes where its actor cannot read is a fault of ours, found here before it is stored. An audience without any event is
   * nobody's yet: whoever adds a person opens that person's own.
   */
  #guardAudiences(events: readonly NewEvent[], view: View, actor: Actor): void {
    if (actor.kind === 'system') return
    const foreign = events.find((event) => !view.has(event.audience) && this.#tip.audiences.has(event.audience))
    if (foreign) throw new Error(`${foreign.definition.name} decided for an audience outside the actor's view`)
  }

  get #tip(): LoadedCase {
    return this.#waiting.at(-1)?.after ?? this.#committed
  }

  #enqueue(asked: Asked, { events, at, tries }: Decided): Promise<readonly EventPlace[]> {
    const caseId = this.#caseId
    const before = this.#tip
    const by = byOf(asked.actor)
    let state = before
    const encoded: EncodedEvent[] = []
    for (const event of events) {
      const head = state.audiences.get(event.audience) ?? emptyAudience(event.audience)
      const key = this.#keyAtHand(event.audience)
      const seen = asked.seen?.audience === event.audience ? seenText(asked.seen) : ''
      const epoch = Math.max(head.epoch, this.#deps.epoch)
      const one = encodeEvent(event, { caseId, head, epoch, by, at, seen, key, entropy: this.#deps.entropy })
      encoded.push(one)
      state = foldCommit(state, before.commitNumber + 1, [one.parsed], this.#deps)
    }
    const unmarked = {
      caseId,
      commitNumber: before.commitNumber + 1,
      by,
      commandId: asked.commandId,
      events: encoded.map((one) => one.stored),
    }
    const key = this.#keyAtHand(events[0]?.audience ?? 'case')
    const commit: Commit = { ...unmarked, commandMac: commandMac(key, unmarked, asked.rule.command.name, asked.input) }
    const wires = encoded.map((one) => one.wire)
    const after = charged(state, commit, this.#deps)
    return new Promise((settle, fail) => {
      this.#waiting.push({ asked, tries, commit, events: encoded.map((one) => one.parsed), wires, after, settle, fail })
      this.#askFlush()
    })
  }

  #askFlush(): void {
    if (this.#storing || this.#flushAsked) return
    this.#flushAsked = true
    this.#deps.defer(() => {
      this.#flushAsked = false
      void this.#exclusive(() => this.#flush()) // settles every waiting promise itself
    })
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return
    this.#storing = true
    const batch = [...this.#waiting]
    let answers: readonly AppendAnswer[]
    try {
      answers = await this.#deps.log.append(batch.map((pending) => pending.commit))
    } catch {
      answers = batch.map(() => 'unknown' as const) // the storage did not say; read back below
    }
    const failedAt = answers.findIndex((answer) => answer !== 'stored')
    const stored = failedAt < 0 ? batch : batch.slice(0, failedAt)
    this.#waiting = this.#waiting.slice(stored.length)
    this.#commit(stored)
    if (failedAt >= 0) await this.#recover(answers[failedAt] ?? 'unknown')
    this.#storing = false
    if (this.#waiting.length > 0) this.#askFlush()
  }

  #commit(stored: readonly Pending[]): void {
    if (stored.length === 0) return
    const commits = stored.map(({ asked, commit, events, wires, after }) => {
      const before = this.#committed
      this.#committed = after
      // Counted once it is stored: what had to be decided again, or was refused, costs nobody their minute.
      const counted = countedIn(commit.events, this.#deps.definitions)
      if (asked.actor.kind === 'person') this.#meterOf(asked.actor).charge(counted.length, sizeOf(counted))
      return { caseId: this.#caseId, events, wires, before, after }
    })
    this.#deps.subscribers.committed(commits)
    for (const { settle, wires } of stored) settle(wires.map(({ audience, epoch, seq }) => ({ audience, epoch, seq })))
  }

  /** Everything behind a commit that did not go through was decided over a state that never came to be: decide it all again, in order. */
  async #recover(answer: AppendAnswer): Promise<void> {
    const undone = this.#waiting
    this.#waiting = []
    if (answer === 'unstorable') this.#failAlone(undone.shift())
    if (answer === 'unavailable') {
      for (const pending of undone) pending.fail(new AppError({ kind: 'unavailable', reason: 'log/storage-full' }))
      return
    }
    try {
      await this.#readOn()
    } catch (cause) {
      for (const pending of undone) pending.fail(new AppError({ kind: 'unavailable' }, { cause }))
      return
    }
    const firsts = await Promise.allSettled(undone.map((pending) => this.#firstResult(pending.asked)))
    for (const [index, pending] of undone.entries()) {
      const first = firsts[index]
      if (first?.status === 'rejected') pending.fail(first.reason)
      else if (first?.value) pending.settle(first.value)
      else void this.#decide(pending.asked, pending.tries + 1).then(pending.settle, pending.fail)
    }
  }

  /** Never tried again: what was decided cannot be kept. Whoever stands behind it is decided again as if it had not been asked. */
  #failAlone(pending: Pending | undefined): void {
    if (!pending) return
    pending.fail(this.#unstorable(pending.asked))
  }

  #unstorable({ rule }: Asked): AppError {
    this.#deps.onUnstorable?.(this.#caseId, rule.command.name)
    return new AppError(
      { kind: 'invalid', reason: 'log/unstorable', field: '' },
      { message: 'a commit that cannot be kept, or not be read again' },
    )
  }

  /** The result of an earlier commit under the same command id; refuses the same id with another content. */
  async #firstResult(asked: Asked): Promise<readonly EventPlace[] | undefined> {
    const found = await this.#deps.log.findCommand(this.#caseId, byOf(asked.actor), asked.commandId)
    if (!found) return undefined
    const audience = found.events[0]?.audience ?? 'case'
    const key = await this.#deps.keys.load(this.#caseId, audience)
    const isIts = isContentForgotten(found.commandMac) || isOfCommand(key, found, asked.rule.command.name, asked.input)
    if (!isIts) throw new AppError({ kind: 'conflict', reason: 'log/command-id-used' })
    return found.events.map(({ audience, epoch, seq }) => ({ audience, epoch, seq }))
  }

  /** Fetched by the caller in this very turn. */
  #keyAtHand(audience: Audience): AudienceKey {
    const key = this.#deps.keys.cached(this.#caseId, audience)
    if (!key) throw new Error('audience key not at hand')
    return key
  }

  async #load(): Promise<void> {
    await this.#exclusive(async () => {
      if (!this.#loaded) await this.#readFirst()
    })
  }

  async #readFirst(): Promise<void> {
    await this.#readOn()
    this.#loaded = true
    if (this.#committed.commitNumber > 0) this.#deps.subscribers.loaded(this.#caseId)
  }

  async #readOn(): Promise<void> {
    const { log, keys, definitions, subscribers, turns } = this.#deps
    for (;;) {
      const commits = await log.readCase(this.#caseId, this.#committed.commitNumber, PAGE)
      const page: WireEvent[] = []
      for (const event of commits.flatMap((commit) => commit.events))
        page.push(wireEvent(this.#caseId, event, await keys.find(this.#caseId, event.audience)))
      // What a later commit here takes away is not told first.
      const told = withoutRedacted(page)
      let next = 0
      const news: Committed[] = []
      for (const commit of commits) {
        if (commit.commitNumber !== this.#committed.commitNumber + 1) throw new Error('a commit is missing from the case')
        const wires = told.slice(next, next + commit.events.length)
        next += commit.events.length
        const before = this.#committed
        const events = wires.map((wire) => parseEvent(wire, definitions))
        this.#committed = charged(foldCommit(before, commit.commitNumber, events, this.#deps), commit, this.#deps)
        news.push({ caseId: this.#caseId, events, wires, before, after: this.#committed })
      }
      if (this.#loaded && news.length > 0) subscribers.committed(news)
      if (commits.length < PAGE) return
      await turns.take(this.#caseId)
    }
  }
}
