// The one shell around every decision and every reading: cases by id, commands in, events out.

import { makePassLimit } from '#server/workers/pass-limit.ts'
import { makeTurns } from '#server/workers/turns.ts'
import { type Actor, byOf, type Person } from '#shared/kernel/actor.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, CommandId } from '#shared/kernel/ids.ts'
import type { Rule } from '#shared/log/decide.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import type { CommandEnvelope, EventPlace, QuotaNear } from '#shared/protocol/wire.ts'
import { makeAudiencePages } from './audience-pages.ts'
import { type AudienceReading, makeAudienceReading } from './audience-reading.ts'
import type { AggregateDeps } from './case-aggregate.ts'
import { EMPTY_CASE, type LoadedCase, type WordsAfter } from './case-state.ts'
import { makeOpenAggregates } from './open-aggregates.ts'
import { makeSeenHistory } from './seen-history.ts'
import type { Committed } from './subscribers.ts'

export interface CaseLog extends AudienceReading {
  /** A person's command, exactly as their device sent it. Throws AppError. `beforeBinding`: asked about one that binds, and throws what it is refused for. */
  command(actor: Actor, envelope: CommandEnvelope, beforeBinding?: () => Promise<void>): Promise<readonly EventPlace[]>
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
  /** Reads what other servers have stored. */
  refresh(caseId: CaseId): Promise<void>
}

export interface CaseLogDeps extends Omit<AggregateDeps, 'turns'> {
  readonly rules: readonly Rule[]
  readonly wordsAfter: WordsAfter
  /** Cases that somebody looks at are not forgotten: what they may do is asked of what is folded here. */
  readonly inUse?: (caseId: CaseId) => boolean
  /** Told when a device holds another history than this server: its person is told too. */
  readonly onFork?: (caseId: CaseId) => void
}

/** What is decided for one person in one pass of the event loop; others' commands come in between, also those of the same case. */
const COMMANDS_PER_PASS = 1

export function makeCaseLog({ rules, inUse = () => false, onFork, ...given }: CaseLogDeps): CaseLog {
  const turns = makeTurns(given.defer)
  const commands = makePassLimit(given.defer, COMMANDS_PER_PASS)
  const history = makeSeenHistory({ ...given, loaded })
  const committed = (commits: readonly Committed[]) => {
    history.remember(commits)
    given.subscribers.committed(commits)
  }
  const deps: AggregateDeps = { ...given, turns, subscribers: { ...given.subscribers, committed } }
  const aggregates = makeOpenAggregates(deps, inUse)
  const rulesBy = (by: Rule['by']) => new Map(rules.filter((rule) => rule.by === by).map((rule) => [rule.command.name as string, rule]))
  const [personRules, steps] = [rulesBy('person'), rulesBy('system')]

  const state = (caseId: CaseId) => aggregates.of(caseId).state()

  function loaded(caseId: CaseId): LoadedCase {
    return aggregates.peek(caseId)?.current ?? EMPTY_CASE
  }

  return {
    async command(actor, envelope, beforeBinding) {
      const rule = personRules.get(envelope.name)
      if (!rule) throw new AppError({ kind: 'unsupported', reason: 'log/unknown-command' })
      aggregates.of(actor.caseId).admit(rule, actor)
      const wait = commands.take(`${actor.caseId} ${byOf(actor)}`)
      if (wait) await wait
      const input = safeParse(rule.command.input, envelope.input)
      if (beforeBinding && rule.binds(input)) await beforeBinding()
      const { seen } = envelope
      if (seen && aggregates.of(actor.caseId).current === EMPTY_CASE) await state(actor.caseId)
      const isHistory = seen ? history.holds(actor, seen) : true
      if (isHistory !== true && !(await isHistory)) {
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
    state,
    loaded,
    ...makeAudienceReading({ ...given, pages: makeAudiencePages({ ...deps, loaded }), state }),
    refresh: (caseId) => aggregates.of(caseId).refresh(),
  }
}
