// What answers an invited person: look, enter, stay, leave the device. Before the code nothing but the mediator's name is told.
import type { Limits } from '#server/http/limits.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import { joinEnter, joinLook, personRefresh, personSignOut } from '#shared/identity/join-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CaseId, type InvitationId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { NoteAccess } from '../access/note-access.ts'
import { codeRefusal } from '../codes/code-refusal.ts'
import type { OneTimeCodes } from '../codes/one-time-codes.ts'
import { LINK, RENEWALS } from '../guessing-limits.ts'
import { digestOf } from '../random.ts'
import { clearSessionCookie, clearShared, isMarkedShared, personCookie } from '../sessions/cookies.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Tokens } from '../sessions/tokens.ts'
import { answerPerson } from './answer-person.ts'
import type { InvitationStore, StoredInvitation } from './invitation-store.ts'
import { joinCodeOf } from './join-code.ts'

interface JoinDeps {
  readonly store: Pick<InvitationStore, 'byLink'>
  readonly codes: Pick<OneTimeCodes, 'checkCode'>
  readonly sessions: Sessions
  readonly tokens: Pick<Tokens, 'sign'>
  readonly limits: Limits
  /** Runs when a code was accepted, before the session opens; must be safe to repeat. */
  readonly enterCase: (caseId: CaseId, participantId: ParticipantId) => Promise<void>
  readonly noteAccess: NoteAccess
}

export function joinRoutes(deps: JoinDeps): readonly ServedRoute[] {
  const { sessions, limits } = deps

  /** Whoever shows a secret of ours is let through, whatever others have tried from the same address. */
  function find(secret: string, context: RequestContext): Promise<StoredInvitation> {
    return limits.attempt(LINK, { address: context.address }, async () => {
      const stored = await deps.store.byLink(digestOf(secret))
      if (!stored) throw unknownLink()
      return stored
    })
  }

  return [
    serve(joinLook, async ({ secret }, _caller, context) => {
      const { value } = await find(secret, context)
      return { mediatorName: value.mediatorName, language: value.language }
    }),
    serve(joinEnter, async ({ secret, code, keep }, _caller, context) => {
      const { id, value } = await find(secret, context)
      const { caseId, participantId } = value
      const checked = await deps.codes.checkCode(joinCodeOf(id), code, () => deps.enterCase(caseId, participantId))
      if (!checked.ok) throw codeRefusal(checked, 'code')
      const owner = { kind: 'person', caseId, participantId, invitationId: asId<InvitationId>(id) } as const
      const open = await sessions.open(owner, { keep, device: context.device, isShared: isMarkedShared(context) })
      // Nobody has its secret yet: a device that could not be told of does not come in.
      try {
        await deps.noteAccess(owner, { what: 'device-bound', deviceId: open.id, device: context.device, code: checked.way })
      } catch (error) {
        await sessions.end(open.id)
        throw error
      }
      // Revoked between the code and here: the sweep over this person's sessions may have missed the new one.
      if (!(await deps.store.byLink(digestOf(secret)))) {
        await sessions.end(open.id)
        throw unknownLink()
      }
      return answerPerson(deps.tokens, open, context)
    }),
    serve(personRefresh, async ({ participantId }, _caller, context) => {
      const cookie = context.cookie(personCookie(participantId).name)
      const id = sessions.idOf(cookie)
      // Without a MAC of ours nothing is counted and nothing looked up.
      if (id === undefined) throw ended()
      limits.act('renew', id, RENEWALS)
      const open = await sessions.refresh(cookie, { isShared: isMarkedShared(context) })
      if (open.session.owner.kind !== 'person' || open.session.owner.participantId !== participantId) throw ended()
      return answerPerson(deps.tokens, open, context)
    }),
    serve(personSignOut, async ({ participantId }, _caller, context) => {
      const place = personCookie(participantId)
      const id = sessions.idOf(context.cookie(place.name))
      if (id !== undefined) await sessions.end(id)
      clearSessionCookie(context, place)
      // Whoever still shares the device bears it in their own session.
      clearShared(context)
      return {}
    }),
  ]
}

function unknownLink(): AppError {
  return new AppError({ kind: 'not-found', reason: 'identity/link-unknown' })
}

function ended(): AppError {
  return new AppError({ kind: 'unauthenticated', reason: 'identity/session-ended' })
}
