// One telephone that goes from hand to hand: held for whoever gives it away, opened again by their own code.
import type { Limits } from '#server/http/limits.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import { isEasyCode, personChooseCode, personHandOver, personShowCode, personTakeBack } from '#shared/identity/phone-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { RENEWALS } from '../guessing-limits.ts'
import { markShared, personCookie } from '../sessions/cookies.ts'
import type { OwnCodeRefusal } from '../sessions/own-code.ts'
import type { SessionOwner } from '../sessions/session-store.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Tokens } from '../sessions/tokens.ts'
import { answerPerson } from './answer-person.ts'

interface Deps {
  readonly sessions: Pick<Sessions, 'hold' | 'takeBack' | 'chooseCode' | 'showCode' | 'idOf'>
  readonly tokens: Pick<Tokens, 'sign'>
  readonly limits: Limits
  /** Closes those of the person's connections whose session is live no more. */
  readonly revoke: (caseId: CaseId, participantId: ParticipantId) => void
}

export function phoneRoutes({ sessions, tokens, limits, revoke }: Deps): readonly ServedRoute[] {
  /** Without a MAC of ours nothing is counted and nothing looked up. */
  function shown(participantId: ParticipantId, context: RequestContext): string | undefined {
    const cookie = context.cookie(personCookie(participantId).name)
    const id = sessions.idOf(cookie)
    if (id === undefined) throw ended()
    limits.act('renew', id, RENEWALS)
    return cookie
  }

  return [
    serve(personHandOver, async ({ participantId, code }, _caller, context) => {
      const cookie = shown(participantId, context)
      if (code !== undefined) refuseEasy(code)
      const held = await sessions.hold(cookie, code)
      if (held === 'needed') throw new AppError({ kind: 'conflict', reason: 'identity/own-code-needed' })
      const { caseId } = personOf(held.value.owner, participantId)
      markShared(context, held.value)
      revoke(caseId, participantId)
      return {}
    }),
    serve(personTakeBack, async ({ participantId, code }, _caller, context) => {
      const taken = await sessions.takeBack(shown(participantId, context), code)
      if ('is' in taken) throw refusalOf(taken)
      personOf(taken.session.owner, participantId)
      return answerPerson(tokens, taken, context)
    }),
    serve(personChooseCode, async ({ participantId, code }, _caller, context) => {
      refuseEasy(code)
      const chosen = await sessions.chooseCode(shown(participantId, context), code)
      if (!chosen) throw new AppError({ kind: 'conflict', reason: 'identity/own-code-asked' })
      personOf(chosen.value.owner, participantId)
      return {}
    }),
    serve(personShowCode, async ({ participantId, code }, _caller, context) => {
      const stored = await sessions.showCode(shown(participantId, context), code)
      if ('is' in stored) throw refusalOf(stored)
      personOf(stored.value.owner, participantId)
      return {}
    }),
  ]
}

/** The cookie's path names its person; one that was put elsewhere by hand is nobody's. */
function personOf(owner: SessionOwner, participantId: ParticipantId) {
  if (owner.kind !== 'person' || owner.participantId !== participantId) throw ended()
  return owner
}

function refuseEasy(code: string): void {
  if (isEasyCode(code)) throw new AppError({ kind: 'invalid', reason: 'identity/own-code-easy', field: 'code' })
}

function refusalOf(answer: OwnCodeRefusal): AppError {
  if (answer.is === 'locked') return new AppError({ kind: 'forbidden', reason: 'identity/own-code-locked', field: 'code' })
  return new AppError({ kind: 'forbidden', reason: 'identity/wrong-code', field: 'code', details: { left: answer.left } })
}

function ended(): AppError {
  return new AppError({ kind: 'unauthenticated', reason: 'identity/session-ended' })
}
