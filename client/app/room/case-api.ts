// Calls in the name of the person in the room: with the session's fresh token, once more with a renewed one.
import type { Api } from '#client/http/api.ts'
import type { RoomSession } from '#client/rooms/room-session.ts'
import type { CaseApi } from '#client/signing/case-api.ts'
import { AppError } from '#shared/kernel/errors.ts'

export function caseApi(api: Api, session: Pick<RoomSession, 'freshToken'>): CaseApi {
  async function withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const fresh = await session.freshToken({ renew: false })
    if (fresh === 'ended') throw new AppError({ kind: 'unauthenticated' })
    try {
      return await ask(fresh.token)
    } catch (error) {
      // a refused token changed nothing on the server, so the same call may go again
      if (!(error instanceof AppError) || error.problem.kind !== 'unauthenticated') throw error
    }
    const renewed = await session.freshToken({ renew: true })
    if (renewed === 'ended') throw new AppError({ kind: 'unauthenticated' })
    return ask(renewed.token)
  }
  return {
    call: (route, input) => withToken((token) => api.call(route, input, { token })),
    download: (route, input) => withToken((token) => api.download(route, input, { token })),
  }
}
