// How a rule's declared facts are fetched: capabilities register one provider each; a missing one is found at start.
import type { Actor } from '#shared/kernel/actor.ts'
import type { CaseId, CommandId } from '#shared/kernel/ids.ts'
import type { Fact, Rule, View } from '#shared/log/decide.ts'

export interface FactQuestion {
  readonly caseId: CaseId
  readonly actor: Actor
  /** Of the command that is decided; the same when it is asked once more. */
  readonly commandId: CommandId
  readonly input: unknown
  readonly view: View
  readonly now: number
}

export interface FactProvider {
  readonly fact: Fact<unknown>
  readonly provide: (question: FactQuestion) => Promise<unknown>
}

export function provideFact<T>(fact: Fact<T>, provide: (question: FactQuestion) => Promise<T>): FactProvider {
  return { fact, provide }
}

export type FetchFacts = (rule: Rule, question: FactQuestion) => Promise<unknown>

/** Throws at start when some rule declares a fact that nobody provides. */
export function makeFacts(providers: readonly FactProvider[], rules: readonly Rule[]): FetchFacts {
  const byName = new Map(providers.map((provider) => [provider.fact.name, provider]))
  for (const rule of rules) {
    for (const fact of Object.values(rule.facts)) {
      if (!byName.has(fact.name)) throw new Error(`nobody provides the fact ${fact.name} of ${rule.command.name}`)
    }
  }
  return async (rule, question) => {
    const entries = Object.entries(rule.facts).map(async ([name, fact]) => [name, await byName.get(fact.name)?.provide(question)] as const)
    return Object.fromEntries(await Promise.all(entries))
  }
}
