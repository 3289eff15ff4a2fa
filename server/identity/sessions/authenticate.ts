// From a token to a caller: the signature first, then whether its session still lives, so that a revoked person is out at once and not in ten minutes.
import type { Authenticate } from '#server/http/caller.ts'
import type { Sessions } from './sessions.ts'
import type { Tokens } from './tokens.ts'

export function createAuthenticate({
  tokens,
  sessions,
}: {
  tokens: Pick<Tokens, 'verify'>
  sessions: Pick<Sessions, 'isLive'>
}): Authenticate {
  return async (token) => {
    const subject = tokens.verify(token)
    return subject && (await sessions.isLive(subject.sessionId)) ? subject : undefined
  }
}
