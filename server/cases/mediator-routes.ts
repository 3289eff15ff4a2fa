// Another mediator is proposed from the case page, which knows the installation's accounts; whether they come, the sides say in the room.
import type * as z from 'zod/mini'
import { type ServedRoute, serve } from '#server/http/router.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { caseMediatorField } from '#shared/cases/case-protocol.ts'
import { caseMediatorPropose, mediatorChoices } from '#shared/cases/case-routes.ts'
import { type CaseState, caseFold, mediatorsOf, speakersOf } from '#shared/cases/case-state.ts'
import type { mediatorPropose } from '#shared/cases/mediator-protocol.ts'
import { isComplete, type MediatorProfile } from '#shared/identity/identity-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, CaseId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import type { CaseMediators } from './case-mediators.ts'
import type { CaseRecords } from './case-records.ts'

interface Account {
  readonly id: AccountId
  readonly state: string
  readonly profile: MediatorProfile
}

interface Deps {
  readonly cases: Pick<CaseRecords, 'link' | 'peopleOf'>
  readonly mediators: CaseMediators
  readonly log: Pick<CaseLog, 'state'>
  readonly accounts: () => Promise<readonly Account[]>
  readonly propose: (caseId: CaseId, input: z.output<typeof mediatorPropose.input>) => Promise<void>
}

export function mediatorRoutes({ cases, mediators, log, accounts, propose }: Deps): readonly ServedRoute[] {
  /** Those who could come: a profile that is no agreement's makes nobody a mediator (art. 9(1)). */
  async function choices(caseId: CaseId): Promise<readonly Account[]> {
    const able = (await accounts()).filter(({ state, profile }) => state === 'active' && isComplete(profile))
    const taken = await Promise.all(able.map(({ id }) => mediators.personOf(id, caseId)))
    return able.filter((_, index) => taken[index] === undefined)
  }

  async function stateOf(caseId: CaseId): Promise<CaseState> {
    const state = stateIn((await log.state(caseId)).audiences, caseFold, 'case')
    if (!state) throw new AppError({ kind: 'not-found' })
    return state
  }

  return [
    serve(mediatorChoices, async ({ caseId }, { accountId }) => {
      await mediators.ownCase(accountId, caseId)
      const able = await choices(caseId)
      return {
        mediators: able.map(({ id, profile: { name, organisation, registerNumber } }) => ({
          accountId: id,
          name,
          organisation,
          registerNumber,
        })),
      }
    }),
    serve(caseMediatorPropose, async ({ caseId, participantId, accountId, instead }, caller) => {
      const { mediatorParticipantId: by } = await mediators.ownCase(caller.accountId, caseId)
      const account = (await choices(caseId)).find(({ id }) => id === accountId)
      if (!account) throw new AppError({ kind: 'not-found' })
      const state = await stateOf(caseId)
      const { name, organisation, registerNumber, languages } = account.profile
      const mediator = safeParse(caseMediatorField, {
        id: participantId,
        name,
        language: languages[0] ?? 'ru',
        ...(organisation ? { organisation } : {}),
        ...(registerNumber ? { registerNumber } : {}),
      })
      // First whose account it is: a proposal that stands without it could lead nobody in.
      await cases.link({ caseId, accountId, participantId })
      const sides = state.facts?.sides.filter(({ id }) => state.leftAt[id] === undefined) ?? []
      const asked = sides.flatMap(({ id }) => speakersOf(state, id).map((person) => person.id))
      const before = instead && mediatorsOf(state).some(({ id }) => id === by) ? { insteadOf: by } : {}
      await propose(caseId, { by, mediator, asked, ...before })
      return {}
    }),
  ]
}
