import type { RequestContext } from '#server/http/request-context.ts'
import type { PersonSession } from '#shared/identity/join-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { personCookie, setSessionCookie } from '../sessions/cookies.ts'
import type { OpenSession } from '../sessions/sessions.ts'
import type { Tokens } from '../sessions/tokens.ts'

/** The open session as its person's device gets it, with the next secret in its cookie. */
export function answerPerson(tokens: Pick<Tokens, 'sign'>, open: OpenSession, context: RequestContext): PersonSession {
  const { owner, keep } = open.session
  if (owner.kind !== 'person') throw new AppError({ kind: 'unauthenticated', reason: 'identity/session-ended' })
  setSessionCookie(context, personCookie(owner.participantId), open)
  const { caseId, participantId } = owner
  return { ...tokens.sign({ kind: 'person', caseId, participantId, sessionId: open.id }), caseId, participantId, keep }
}
