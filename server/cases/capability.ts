import { serverCapability } from '#server/capability.ts'
import { identity } from '#server/identity/capability.ts'
import { caseOpen } from '#shared/cases/case-protocol.ts'
import { confirmAgreementRule } from '#shared/cases/decide-agreement.ts'
import { closeCaseRule, endMediationRule, endSessionRule, startSessionRule } from '#shared/cases/decide-session.ts'
import { resumeRule, suspendRule } from '#shared/cases/decide-suspend.ts'
import { correctTitleRule } from '#shared/cases/decide-title.ts'
import { mediatorPropose } from '#shared/cases/mediator-protocol.ts'
import { personEnter } from '#shared/cases/people-protocol.ts'
import { caseListProjection } from './case-list.ts'
import { makeCaseMediators } from './case-mediators.ts'
import { makeCaseRecords } from './case-records.ts'
import { caseRoutes } from './case-routes.ts'
import { mediatorRoutes } from './mediator-routes.ts'
import { type Invite, makeOpenCase } from './open-case.ts'
import { peopleRoutes } from './people-routes.ts'
import { makeUnfinishedCases } from './unfinished-cases.ts'
import { unfinishedRoutes } from './unfinished-routes.ts'

export interface CasesApi {
  readonly openCase: ReturnType<typeof makeOpenCase>
}

export const cases = serverCapability<CasesApi>({
  name: 'cases',
  rules: [
    confirmAgreementRule,
    startSessionRule,
    endSessionRule,
    endMediationRule,
    suspendRule,
    resumeRule,
    closeCaseRule,
    correctTitleRule,
  ],
  projections: [caseListProjection],
  start({ storage, log, projections, clock, steady, entropy, due, limits, newStep, use }) {
    const records = makeCaseRecords(storage.records)
    const mediators = makeCaseMediators({ cases: records, log })
    const { accounts, invitations, contactsOf, changeContacts, attach } = use(identity)
    attach({
      personOf: mediators.personOf,
      mediatedBy: records.mediatedBy,
      enter: async (caseId, participantId) => void (await log.step(caseId, personEnter, { participantId }, newStep())),
    })
    const invite: Invite = ({ mediatorAccountId: mediatorId, phone = '', email = '', name: _name, ...person }) =>
      invitations.create({ ...person, mediatorId, contacts: { phone, email } })
    const openCase = makeOpenCase({
      openLog: (caseId, body) => log.step(caseId, caseOpen, body, newStep()),
      async list(record) {
        await records.add(record)
        projections.renew(record.caseId)
      },
      clock,
      entropy,
      async mediatorFacts(accountId) {
        const account = await accounts.get(accountId)
        const language = account?.profile.languages[0] ?? 'ru'
        return account?.state === 'active' ? { ...account.profile, language } : undefined
      },
      invite,
    })
    const unfinished = makeUnfinishedCases({ records: storage.records, due, clock: steady })
    const contacts = {
      has: async (...person: Parameters<typeof contactsOf>) => (await contactsOf(...person)) !== undefined,
      change: changeContacts,
    }
    return {
      api: { openCase },
      routes: [
        ...caseRoutes({ mediators, log, projections, openCase, unfinished }),
        ...unfinishedRoutes({ unfinished, limits, clock: steady }),
        ...peopleRoutes({ mediators, log, invite, contacts }),
        ...mediatorRoutes({
          cases: records,
          mediators,
          log,
          accounts: accounts.all,
          propose: async (caseId, input) => void (await log.step(caseId, mediatorPropose, input, newStep())),
        }),
      ],
      due: [unfinished.dueKind],
    }
  },
})
