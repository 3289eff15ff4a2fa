// What an installation says of itself, and where its messages land while it has no mail.
import type { Caller } from '#server/http/caller.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import { installationLook } from '#shared/identity/installation-protocol.ts'
import { sinkRead } from '#shared/identity/staff-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { Sink } from '../delivery/sink.ts'
import type { Accounts } from './accounts.ts'

interface Deps {
  readonly accounts: Pick<Accounts, 'isReady'>
  /** It sends mail. */
  readonly mail: boolean
  readonly sink: Sink | undefined
  readonly demo: boolean
}

export function installationRoutes({ accounts, mail, sink, demo }: Deps): readonly ServedRoute[] {
  const mayReadSink = (caller: Caller | undefined, context: RequestContext) =>
    sink !== undefined && (context.loopback || (caller?.kind === 'staff' && caller.role === 'owner'))

  return [
    serve(installationLook, async (_input, caller, context) => ({
      ready: await accounts.isReady(),
      demo,
      mail,
      sink: mayReadSink(caller, context),
    })),
    serve(sinkRead, async (_input, caller, context) => {
      if (!sink || !mayReadSink(caller, context)) throw new AppError({ kind: 'not-found' })
      return { messages: [...sink.messages()] }
    }),
  ]
}
