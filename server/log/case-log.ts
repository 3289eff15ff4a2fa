// The one shell around every decision and every reading: cases by id, commands in, events out.

import { makePassLimit } from '#server/workers/pass-limit.ts'
import { makeTurns } from '#server/workers/turns.ts'
import { type Actor, byOf, type Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Rule } from '#shared/log/decide.ts'
import { withoutRedacted } from '#shared/log/redaction.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import type { CommandEnvelope, EventPlace, QuotaNear, Seen, WireEvent } from '#shared/protocol/wire.ts'
import { makeAudiencePages } from './audience-pages.ts'
import type { AggregateDeps } from './case-aggregate.ts'
import { EMPTY_CASE, type LoadedCase, readableBy } from './case-state.ts'
import { makeOpenAggregates } from './open-aggregates.ts'
import { makeSeenHashes } from './seen-hashes.ts'

/** Somebody who reads an audience. */
export interface Reader {
  readonly caseId: CaseId
  readonly person: ParticipantId
  readonly audience: Audience
}

export interface CaseLog {
  /** A person's command, exactly as their device sent it. Throws AppError. */
  command(actor: Actor, envelope: CommandEnvelope): Promise<readonly EventPlace[]>
  /** What this person is to be warned of before they are refused; told to nobody else. */
  near(actor: Person): QuotaNear | undefined
  /** A step of the system. The command id is derived from what the step follows from, so that doing it again is harmless. */
  step<Input>(
    caseId: CaseId,
    command: CommandDefinition<WireName, Input>,
    input: Input,
    commandId: CommandId,
  ): Promise<readonly EventPlace[]>
  state(caseId: CaseId): Promise<LoadedCase>
  /** The state as it is folded here, without waiting; empty for a case that was never loaded. */
  loaded(caseId: CaseId): LoadedCase
  /** Events of one audience after seq, a page of them, up to the last that the person may read; empty for an audience that is not theirs. */
  readAs(caseId: CaseId, person: ParticipantId, audience: Audience, after: number, limit: number): Promise<readonly WireEvent[]>
  /** The last events of one audience before seq, a page of them; filtered as above. */
  readBeforeAs(reader: Reader, seq: number, limit: number): Promise<readonly WireEvent[]>
  /** Events of one audience by their numbers, ascending, as many as a page holds; filtered as above. */
  readPlacesAs(reader: Reader, seqs: readonly number[]): Promise<readonly WireEvent[]>
  /** A whole audience, for those who answer for it: exports, bundles, verification. */
  readWhole(caseId: CaseId, audience: Audience): Promise<readonly WireEvent[]>
  /** Reads what other servers have stored. */
  refresh(caseId: CaseId): Promise<void>
}

export interface CaseLogDeps extends Omit<AggregateDeps, 'turns'> {
  readonly rules: readonly Rule[]
  /** Cases that somebody looks at are not forgotten: what they may do is asked of what is folded here. */
  readonly inUse?: (caseId: CaseId) => boolean
  /** Told when a device holds another history than this server: its person is told too. */
  readonly onFork?: (caseId: CaseId) => void
}

/** What is decided for one person in one pass of the event loop; others' commands come in between, also those of the same case. */
const COMMANDS_PER_PASS = 1

export function makeCaseLog({ rules, inUse = () => false, onFork, ...given }: CaseLogDeps): CaseLog {
  const seenHashes = makeSeenHashes(given.log)
  const turns = makeTurns(given.defer)
  const commands = makePassLimit(given.defer, COMMANDS_PER_PASS)
  const deps: AggregateDeps = {
    ...given,
    turns,
    subscribers: {
      ...given.subscribers,
      committed(commits) {
        for (const { caseId, events } of commits) seenHashes.remember(caseId, events)
        given.subscribers.committed(commits)
      },
    },
  }
  const aggregates = makeOpenAggregates(deps, inUse)
  const loaded = (caseId: CaseId) => aggregates.peek(caseId)?.current ?? EMPTY_CASE
  const pages = makeAudiencePages({ ...deps, loaded })
  const rulesBy = (by: Rule['by']) => new Map(rules.filter((rule) => rule.by === by).map((rule) => [rule.command.name as string, rule]))
  const [personRules, steps] = [rulesBy('person'), rulesBy('system')]

  /** The last number that somebody may read of an audience; 0 for one that is not theirs. */
  async function lastOf({ caseId, person, audience }: Reader): Promise<number> {
    return readableBy(await aggregates.of(caseId).state(), person, deps.readers).get(audience) ?? 0
  }
  const readBy = ({ caseId, person, audience }: Reader) => ({ caseId, audience, who: `${caseId} ${person}` })

  /** Of an audience that is not theirs nobody learns whether a hash stands in it. */
  function isReader(actor: Actor, audience: Audience): boolean {
    const folded = actor.kind === 'person' ? loaded(actor.caseId).audiences.get(audience) : undefined
    return folded !== undefined && actor.kind === 'person' && deps.readers(folded).get(actor.id) === Number.POSITIVE_INFINITY
  }

  /** What one person sends keeps its order: behind a look that takes time, the next waits, and only then. */
  const looking = new Map<string, Promise<boolean>>()

  function known(actor: Actor, seen: Seen): boolean | Promise<boolean> {
    const look = () => !isReader(actor, seen.audience) || seenHashes.isKnown(actor.caseId, seen)
    const who = `${actor.caseId} ${byOf(actor)}`
    const answer = looking.get(who)?.then(look) ?? look()
    if (typeof answer === 'boolean') return answer
    const quiet = answer.catch(() => false) // whoever asked hears of it
    looking.set(who, quiet)
    void quiet.then(() => {
      if (looking.get(who) === quiet) looking.delete(who)
    })
    return answer
  }

  return {
    async command(actor, envelope) {
      const rule = personRules.get(envelope.name)
      if (!rule) throw new AppError({ kind: 'unsupported', reason: 'log/unknown-command' })
      aggregates.of(actor.caseId).admit(rule, actor)
      const wait = commands.take(`${actor.caseId} ${byOf(actor)}`)
      if (wait) await wait
      const input = safeParse(rule.command.input, envelope.input)
      const { seen } = envelope
      if (seen && aggregates.of(actor.caseId).current === EMPTY_CASE) await aggregates.of(actor.caseId).state()
      const inHistory = seen ? known(actor, seen) : true
      if (inHistory !== true && !(await inHistory)) {
        onFork?.(actor.caseId)
        throw new AppError({ kind: 'conflict', reason: 'log/forked' })
      }
      return aggregates.of(actor.caseId).execute({ rule, input, actor, commandId: envelope.id, seen })
    },
    near: (actor) => aggregates.peek(actor.caseId)?.near(actor),
    async step(caseId, command, input, commandId) {
      const rule = steps.get(command.name)
      if (!rule) throw new Error(`${command.name} is not a step of the system`)
      const parsed = safeParse(command.input, input)
      return aggregates.of(caseId).execute({ rule, input: parsed, actor: { kind: 'system', caseId }, commandId, seen: undefined })
    },
    state: (caseId) => aggregates.of(caseId).state(),
    loaded,
    async readAs(caseId, person, audience, after, limit) {
      const reader = { caseId, person, audience }
      const until = await lastOf(reader)
      if (after >= until) return []
      const events = await pages.after(readBy(reader), after, Math.min(limit, until - after))
      return events.filter((event) => event.seq <= until)
    },
    async readBeforeAs(reader, seq, limit) {
      const until = await lastOf(reader)
      return until === 0 ? [] : pages.before(readBy(reader), Math.min(seq, until + 1), limit)
    },
    async readPlacesAs(reader, seqs) {
      const until = await lastOf(reader)
      return until === 0
        ? []
        : pages.at(
            readBy(reader),
            seqs.filter((seq) => seq <= until),
          )
    },
    async readWhole(caseId, audience) {
      const events: WireEvent[] = []
      for (;;) {
        const next = await pages.after({ caseId, audience, who: caseId }, events.length, 500)
        events.push(...next)
        if (next.length === 0) return withoutRedacted(events)
      }
    },
    refresh: (caseId) => aggregates.of(caseId).refresh(),
  }
}
