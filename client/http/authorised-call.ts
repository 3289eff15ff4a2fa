// A call in somebody's name: with a fresh token, once more with a new one when the server did not take it.
import { AppError } from '#shared/kernel/errors.ts'
import type { RouteAnswer, RouteDefinition, RouteInput } from '#shared/protocol/route.ts'
import type { Api } from './api.ts'
import type { TokenKeeper } from './token-keeper.ts'

export type CallApi = <R extends RouteDefinition>(route: R, input: RouteInput<R>) => Promise<RouteAnswer<R>>

export function authorisedCall(deps: { api: Pick<Api, 'call'>; tokens: Pick<TokenKeeper, 'fresh'>; onEnded: () => void }): CallApi {
  const { api, tokens, onEnded } = deps
  const ended = () => {
    onEnded()
    return new AppError({ kind: 'unauthenticated' })
  }
  return async (route, input) => {
    const first = await tokens.fresh()
    if (first === 'ended') throw ended()
    try {
      return await api.call(route, input, { token: first.token })
    } catch (error) {
      // a refused token changed nothing on the server, so the same call may go again
      if (!(error instanceof AppError) || error.problem.kind !== 'unauthenticated') throw error
    }
    const second = await tokens.fresh({ renew: true })
    if (second === 'ended') throw ended()
    return api.call(route, input, { token: second.token })
  }
}
