// How a capability declares what goes over the wire and into the log: one schema per command and per event, types derived from it.
import * as z from 'zod/mini'

export type Schema<T = unknown> = z.core.$ZodType<T>

/** Commands are imperative, events past tense, both `noun:verb`. */
export type WireName = `${string}:${string}`

export interface CommandDefinition<Name extends WireName = WireName, Input = unknown> {
  readonly name: Name
  readonly input: Schema<Input>
}

export interface EventDefinition<Name extends WireName = WireName, Body = unknown> {
  readonly name: Name
  readonly version: number
  readonly body: Schema<Body>
  /** `upgrades[v]` turns a body of version v into one of version v + 1; history itself is never rewritten. */
  readonly upgrades: Readonly<Record<number, (old: unknown) => unknown>>
  /** Part of what a conversation consists of, and of nothing else: a device that opens a long one takes the older of them when they are wanted. */
  readonly paged?: true
  /** Carries what somebody has said, though more follows from it than a conversation: whoever came later gets it without its body. */
  readonly said?: true
  /** Costs its author nothing of what they may write: its rule keeps it few and small. */
  readonly uncounted?: true
}

export type BodyOf<E> = E extends EventDefinition<WireName, infer Body> ? Body : never

export function defineCommand<const Name extends WireName, S extends Schema>(
  name: Name,
  { input }: { input: S },
): CommandDefinition<Name, z.output<S>> {
  return { name, input: input as Schema<z.output<S>> }
}

export function defineEvent<const Name extends WireName, S extends Schema>(
  name: Name,
  version: number,
  body: S,
  upgrades: EventDefinition['upgrades'] = {},
): EventDefinition<Name, z.output<S>> {
  return { name, version, body: body as Schema<z.output<S>>, upgrades }
}

/** An event that only folds of conversations read; they say so by their `join`. */
export function pagedEvent<E extends EventDefinition>(definition: E): E {
  return { ...definition, paged: true }
}

/** An event that says something and is no part of a conversation. */
export function saidEvent<E extends EventDefinition>(definition: E): E {
  return { ...definition, said: true }
}

/** An event that does not count in what its author may write. */
export function uncountedEvent<E extends EventDefinition>(definition: E): E {
  return { ...definition, uncounted: true }
}

/** An event whose body nobody here reads: that it happened is all that is folded. */
export function defineToldEvent<const Name extends WireName>(name: Name, version: number): EventDefinition<Name> {
  const upgrades = Object.fromEntries(Array.from({ length: version - 1 }, (_, at) => [at + 1, (old: unknown) => old]))
  return { name, version, body: z.unknown(), upgrades }
}

/** The same event for who reads its body. */
export function withBody<Name extends WireName, S extends Schema>(
  { name, version }: EventDefinition<Name>,
  body: S,
  upgrades: EventDefinition['upgrades'] = {},
): EventDefinition<Name, z.output<S>> {
  return { name, version, body: body as Schema<z.output<S>>, upgrades }
}

/** Reads a stored body of any earlier version as one of today's. Throws on bodies that fit no version. */
export function readBody<Body>(definition: EventDefinition<WireName, Body>, version: number, body: unknown): Body {
  let current = body
  for (let v = version; v < definition.version; v++) {
    const upgrade = definition.upgrades[v]
    if (!upgrade) throw new TypeError(`${definition.name}: no upgrade from version ${v}`)
    current = upgrade(current)
  }
  return z.parse(definition.body, current)
}
