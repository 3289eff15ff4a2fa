// The shape of every decision: pure, over what the actor sees and nothing else.
import type { Actor, Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { BodyOf, CommandDefinition, EventDefinition, WireName } from '#shared/protocol/define.ts'
import type { Seen } from '#shared/protocol/wire.ts'
import { type Slice, type States, stateIn } from './fold.ts'

/** What the actor may see: the states of their own audiences. An audience that is not theirs is as absent as one that does not exist. */
export interface View {
  has(audience: Audience): boolean
  audiences(): readonly Audience[]
  state<State>(slice: Slice<State>, audience: Audience): State | undefined
  /** Where the audience's chain stands; seq is 0 for an audience that has no event yet. */
  head(audience: Audience): { readonly epoch: number; readonly seq: number } | undefined
}

export interface NewEvent {
  readonly definition: EventDefinition
  readonly audience: Audience
  readonly body: unknown
}

export type Decision =
  | { readonly decided: true; readonly events: readonly NewEvent[] }
  | { readonly decided: false; readonly problem: Problem }

/** Something looked up or checked outside that a command needs; the server registers how to get it. */
export interface Fact<T> {
  readonly name: string
  /** Never read: carries T for the compiler. */
  readonly type?: T
}

export function defineFact<T>(name: string): Fact<T> {
  return { name }
}

type FactsOf<F extends Readonly<Record<string, Fact<unknown>>>> = {
  readonly [K in keyof F]: F[K] extends Fact<infer T> ? T : never
}

export interface Deciding<Facts = unknown, Who extends Actor = Actor> {
  readonly actor: Who
  /** Milliseconds since 1970, the server's clock as read for this command. */
  readonly now: number
  /** A fresh random id from the stream of one audience, so that no audience's ids depend on another's. */
  readonly newId: (audience: Audience) => string
  readonly seen: Seen | undefined
  readonly facts: Facts
}

/** How a command counts in what its author may write: free words; acts of a few bytes; none: what nobody may be kept from, such as leaving. */
export type QuotaWeight = 'words' | 'acts' | 'none'

/** Binds a command to its rule. `by: 'system'` marks steps that no person can ask for. */
export interface Rule<Input = unknown, Facts extends Readonly<Record<string, Fact<unknown>>> = Readonly<Record<string, Fact<unknown>>>> {
  readonly command: CommandDefinition<WireName, Input>
  readonly by: 'person' | 'system'
  readonly facts: Facts
  readonly weight: QuotaWeight
  /** Whether it binds its author: on a device that several people use it is done only after the author's own code. */
  readonly binds: (input: Input) => boolean
  /** For steps of the system: the only audiences that the step may look at. A person's view follows from their memberships. */
  readonly sees?: (input: Input) => readonly Audience[]
  readonly decide: (view: View, input: Input, deciding: Deciding<FactsOf<Facts>>) => Decision
}

export function personRule<Input, const Facts extends Readonly<Record<string, Fact<unknown>>> = Record<never, never>>(rule: {
  command: CommandDefinition<WireName, Input>
  facts?: Facts
  weight?: QuotaWeight
  /** Where not every one of them does: which. */
  binds?: true | ((input: Input) => boolean)
  decide: (view: View, input: Input, deciding: Deciding<FactsOf<Facts>, Person>) => Decision
}): Rule {
  const decide: Rule<Input, Facts>['decide'] = (view, input, deciding) =>
    deciding.actor.kind === 'person' ? rule.decide(view, input, { ...deciding, actor: deciding.actor }) : refuse('not-found')
  const { command, facts = {}, weight = 'acts', binds = false } = rule
  const bindsBy = typeof binds === 'function' ? binds : () => binds
  return { command, by: 'person', facts, weight, binds: bindsBy, decide } as unknown as Rule // erased: the shell pairs each rule with its own parsed input and facts
}

export function systemRule<Input, const Facts extends Readonly<Record<string, Fact<unknown>>> = Record<never, never>>(rule: {
  command: CommandDefinition<WireName, Input>
  facts?: Facts
  sees: (input: Input) => readonly Audience[]
  decide: (view: View, input: Input, deciding: Deciding<FactsOf<Facts>>) => Decision
}): Rule {
  return {
    command: rule.command,
    by: 'system',
    facts: rule.facts ?? {},
    weight: 'none',
    binds: () => false,
    sees: rule.sees,
    decide: rule.decide,
  } as unknown as Rule // erased as above
}

export function decided(...events: readonly NewEvent[]): Decision {
  return { decided: true, events }
}

export function newEvent<E extends EventDefinition>(definition: E, audience: Audience, body: BodyOf<E>): NewEvent {
  return { definition, audience, body }
}

export function refuse(kind: Problem['kind'], reason?: string, more?: Pick<Problem, 'field' | 'details'>): Decision {
  return { decided: false, problem: { kind, ...(reason === undefined ? {} : { reason }), ...more } }
}

/** The states that somebody may see. */
export interface VisibleStates extends States {
  keys(): Iterable<Audience>
}

/** A view over given states; what the server hands to a decision, and the client to a policy. */
export function viewOf(states: VisibleStates): View {
  return {
    has: (audience) => states.get(audience) !== undefined,
    audiences: () => [...states.keys()],
    state: (slice, audience) => stateIn(states, slice, audience),
    head: (audience) => states.get(audience),
  }
}
