// Old names that stay where they stand: in what is hashed, published, or left on devices by an earlier release. Whoever reads there goes
// by this one table; everywhere else the glossary's words stand.

export const ALIASES = {
  /** Bodies of the draft's events of version 1. */
  draftEvent: { u: 'revision' },
  /** Events in a bundle's chain.json, whose format is published. */
  chainEvent: { m: 'seq' },
  /** Heads and unsent commands on a device, as releases before 2.2 kept them. */
  kept: { m: 'seq' },
} as const

/** The same with today's names, at every depth; what has them already stays as it is. */
export function withNewNames(value: unknown, aliases: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((each) => withNewNames(each, aliases))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [aliases[name] ?? name, withNewNames(each, aliases)]))
}
