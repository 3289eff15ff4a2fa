// From a token to a caller: the signature first, then whether its session still lives, so that a revoked person is out at once and not in ten minutes.
import type { Authenticate, PersonOf } from '#server/http/caller.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import type { Sessions } from './sessions.ts'
import type { Tokens } from './tokens.ts'

interface AuthenticateDeps {
  readonly tokens: Pick<Tokens, 'verify'>
  readonly sessions: Pick<Sessions, 'isLive'>
}

export function createAuthenticate({ tokens, sessions }: AuthenticateDeps): Authenticate {
  return async (token) => {
    const subject = tokens.verify(token)
    if (!subject || !(await sessions.isLive(subject.sessionId))) return undefined
    const { expiresAt: _expiresAt, ...caller } = subject
    return caller
  }
}

/** Who a token is in this case: a party by their own token, staff as the mediator they are there. Undefined for any other case. `expiresAt` as the clock on the wall shows it. */
export type AuthenticateInCase = (
  token: string,
  caseId: CaseId,
) => Promise<{ participantId: ParticipantId; sessionId: string; expiresAt: number } | undefined>

export function createAuthenticateInCase({
  tokens,
  sessions,
  personOf,
  clock,
}: AuthenticateDeps & {
  personOf: PersonOf
  clock: Pick<SteadyClock, 'onWall'>
}): AuthenticateInCase {
  return async (token, caseId) => {
    const subject = tokens.verify(token)
    if (!subject || !(await sessions.isLive(subject.sessionId))) return undefined
    const expiresAt = clock.onWall(subject.expiresAt)
    const { sessionId } = subject
    if (subject.kind === 'person')
      return subject.caseId === caseId ? { participantId: subject.participantId, sessionId, expiresAt } : undefined
    const participantId = await personOf(subject.accountId, caseId)
    return participantId && { participantId, sessionId, expiresAt }
  }
}
