// Starts the capabilities over the parts of the platform, and gathers what they bring with them.
import type { DueKind } from '#server/due/due.ts'
import type { ErrorLog } from '#server/http/error-log.ts'
import type { AnyServed } from '#server/http/router.ts'
import { demandAll } from '#server/kernel/demand-all.ts'
import type { BodyContents } from '#server/log/body-contents.ts'
import { type FetchFacts, makeFacts } from '#server/log/facts.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import type { Lane } from '#server/realtime/socket-server.ts'
import type { Parts, Running, ServerCapability } from './capability.ts'

export interface Started extends Pick<Parts, 'use'> {
  readonly facts: FetchFacts
  readonly routes: readonly AnyServed[]
  readonly lanes: readonly Lane[]
  readonly subscribers: readonly Subscriber[]
  readonly due: readonly DueKind[]
  readonly contents: readonly BodyContents[]
  /** Reads what other servers have stored. */
  follow(): Promise<void>
  /** From right to left; one that fails keeps no other open. */
  close(): Promise<void>
}

/** From left to right: each may use what those before it offer. */
export function startCapabilities(
  capabilities: readonly ServerCapability[],
  { errors, ...parts }: Omit<Parts, 'use' | 'onTrouble'> & { readonly errors: ErrorLog },
): Started {
  const running = new Map<ServerCapability, Running>()

  function use<Api>(capability: ServerCapability<Api>): Api {
    const found = running.get(capability as ServerCapability)
    if (!found) throw new Error(`${capability.name} has not started`)
    return found.api as Api // started by this very capability
  }

  for (const capability of capabilities) running.set(capability, capability.start({ ...parts, use, onTrouble: errors.in(capability.name) }))
  const all = [...running.values()]
  return {
    use,
    facts: makeFacts(
      all.flatMap(({ facts = [] }) => facts),
      capabilities.flatMap(({ rules }) => rules),
    ),
    routes: all.flatMap(({ routes = [] }) => routes),
    lanes: all.flatMap(({ lanes = [] }) => lanes),
    subscribers: all.flatMap(({ subscribers = [] }) => subscribers),
    due: all.flatMap(({ due = [] }) => due),
    contents: all.flatMap(({ contents = [] }) => contents),
    async follow() {
      demandAll(await Promise.allSettled(all.map(({ follow }) => follow?.())))
    },
    async close() {
      const results: PromiseSettledResult<unknown>[] = []
      for (const { close } of all.toReversed()) results.push(...(await Promise.allSettled([Promise.resolve().then(() => close?.())])))
      demandAll(results)
    },
  }
}
