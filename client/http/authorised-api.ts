// Calls in somebody's name: with a fresh token, once more with a new one when the server did not take it.
import { AppError } from '#shared/kernel/errors.ts'
import type { Download, DownloadDefinition, RouteAnswer, RouteDefinition, RouteInput } from '#shared/protocol/route.ts'
import type { Api } from './api.ts'
import type { OwnCodeDemand } from './own-code-demand.ts'
import type { HeldToken } from './token-keeper.ts'

/** The way to the server for somebody with a session: its token is put in by whoever hands this over. */
export interface AuthorisedApi {
  readonly call: <R extends RouteDefinition>(route: R, input: RouteInput<R>) => Promise<RouteAnswer<R>>
  readonly download: <R extends DownloadDefinition>(route: R, input: RouteInput<R>) => Promise<Download>
}

interface Session {
  /** 'ended': whoever keeps the session knows already. */
  readonly freshToken: (options: { renew: boolean }) => Promise<Pick<HeldToken, 'token'> | 'ended'>
  readonly ownCode?: Pick<OwnCodeDemand, 'typed'> | undefined
}

export function authorisedApi(api: Pick<Api, 'call' | 'download'>, session: Session): AuthorisedApi {
  const token = async (renew: boolean): Promise<string> => {
    const fresh = await session.freshToken({ renew })
    if (fresh === 'ended') throw new AppError({ kind: 'unauthenticated' })
    return fresh.token
  }
  async function withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const first = await token(false)
    try {
      return await ask(first)
    } catch (error) {
      // what was refused for its token, or for a code, changed nothing on the server, so the same call may go again
      if (!(error instanceof AppError)) throw error
      if (await session.ownCode?.typed(error.problem)) return ask(await token(false))
      if (error.problem.kind !== 'unauthenticated') throw error
    }
    return ask(await token(true))
  }
  return {
    call: (route, input) => withToken((held) => api.call(route, input, { token: held })),
    download: (route, input) => withToken((held) => api.download(route, input, { token: held })),
  }
}
