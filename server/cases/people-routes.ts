// What is corrected in a running case from the mediator's page: what the case says is the log's, where people are reached the invitation's.
import { type ServedRoute, serve } from '#server/http/router.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { numberCorrect, titleCorrect } from '#shared/cases/case-protocol.ts'
import { type CaseRouteReason, caseNumberCorrect, casePersonAdd, casePersonCorrect, caseTitleCorrect } from '#shared/cases/case-routes.ts'
import { caseFold, nameIn } from '#shared/cases/case-state.ts'
import { personAdd, personCorrect } from '#shared/cases/people-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { stateIn } from '#shared/log/fold.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { actorOf } from './actor-of.ts'
import type { CaseMediators } from './case-mediators.ts'
import type { Invite } from './open-case.ts'

interface Deps {
  readonly mediators: Pick<CaseMediators, 'ownCase'>
  readonly log: Pick<CaseLog, 'state' | 'command'>
  /** Safe to repeat. */
  readonly invite: Invite
  readonly contacts: Contacts
}

/** Where people are reached, which the invitation keeps. */
export interface Contacts {
  readonly has: (caseId: CaseId, person: ParticipantId) => Promise<boolean>
  readonly change: (
    caseId: CaseId,
    person: ParticipantId,
    to: { phone: string; email: string; language: Locale },
    by: ParticipantId,
  ) => Promise<void>
}

export function peopleRoutes({ mediators, log, invite, contacts }: Deps): readonly ServedRoute[] {
  /** As the mediator of the case, by the same rule as on the socket. */
  async function command<Input>(
    { caseId, mediator, id }: { caseId: CaseId; mediator: ParticipantId; id: CommandId },
    definition: CommandDefinition<WireName, Input>,
    input: Input,
  ): Promise<void> {
    const actor = actorOf(await log.state(caseId), caseId, mediator)
    if (!actor) throw new AppError({ kind: 'not-found' })
    await log.command(actor, { id, name: definition.name, input })
  }

  async function nameOf(caseId: CaseId, person: ParticipantId): Promise<string> {
    const state = stateIn((await log.state(caseId)).audiences, caseFold, 'case')
    return (state && nameIn(state, person)) ?? ''
  }

  return [
    serve(caseTitleCorrect, async ({ caseId, commandId: id, title }, caller) => {
      const { mediatorParticipantId: mediator } = await mediators.ownCase(caller.accountId, caseId)
      await command({ caseId, mediator, id }, titleCorrect, { title })
      return {}
    }),
    serve(caseNumberCorrect, async ({ caseId, commandId: id, number }, caller) => {
      const { mediatorParticipantId: mediator } = await mediators.ownCase(caller.accountId, caseId)
      await command({ caseId, mediator, id }, numberCorrect, { number })
      return {}
    }),
    serve(casePersonAdd, async ({ caseId, phone, email, ...person }, caller) => {
      const { mediatorParticipantId: mediator } = await mediators.ownCase(caller.accountId, caseId)
      const { participantId, name, language } = person
      await command({ caseId, mediator, id: asId<CommandId>(participantId) }, personAdd, person)
      // A server that dies here leaves somebody without an invitation: the page says so, and asks for the same once more.
      const mediatorName = await nameOf(caseId, mediator)
      const of = { caseId, participantId, mediatorAccountId: caller.accountId, mediatorName }
      return { invitationId: await invite({ ...of, name, language, phone, email }) }
    }),
    serve(casePersonCorrect, async ({ caseId, commandId: id, phone, email, ...facts }, caller) => {
      const { mediatorParticipantId: mediator } = await mediators.ownCase(caller.accountId, caseId)
      const { participantId, language } = facts
      // What can be refused is refused before anything is done: then neither half is.
      if (!(await contacts.has(caseId, participantId))) throw new AppError({ kind: 'not-found' })
      await command({ caseId, mediator, id }, personCorrect, facts)
      try {
        await contacts.change(caseId, participantId, { phone, email, language }, mediator)
      } catch (cause) {
        const reason: CaseRouteReason = 'cases/contacts-not-saved' // the first half stands in the log: whoever asked is told which
        throw new AppError({ kind: 'unavailable', reason }, { cause })
      }
      return {}
    }),
  ]
}
