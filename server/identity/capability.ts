import { serverCapability } from '#server/capability.ts'
import { noteAccessRule } from '#shared/identity/decide-access.ts'
import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { endToldDevices } from './access/end-told-devices.ts'
import { makeAccessLog } from './access/note-access.ts'
import { createIdentity, type Identity } from './create-identity.ts'
import { createSink, sinkAllowed } from './delivery/sink.ts'
import { createSmtpSender } from './delivery/smtp-sender.ts'

/** What identity asks of the cases, which know accounts and people only by their ids. */
interface CasesOfAccounts {
  /** Which participant of the case this account is, if any. */
  readonly personOf: (account: AccountId, caseId: CaseId) => Promise<ParticipantId | undefined>
  readonly mediatedBy: (
    account: AccountId,
  ) => Promise<readonly { readonly caseId: CaseId; readonly mediatorParticipantId: ParticipantId }[]>
  /** Runs when a code was accepted; must be safe to repeat. */
  readonly enter: (caseId: CaseId, participantId: ParticipantId) => Promise<void>
}

export interface IdentityApi extends Identity, Pick<CasesOfAccounts, 'personOf'> {
  /** The cases answer from here on: they start after identity. */
  readonly attach: (cases: CasesOfAccounts) => void
}

export const identity = serverCapability<IdentityApi>({
  name: 'identity',
  rules: [noteAccessRule],
  start({ config, secrets, authority, storage, due, log, newStep, clock, steady, entropy, limits, publicUrl, sockets, note, onTrouble }) {
    let attached: CasesOfAccounts | undefined
    const cases = () => {
      if (!attached) throw new Error('asked for cases before they have started')
      return attached
    }
    const personOf: CasesOfAccounts['personOf'] = (account, caseId) => cases().personOf(account, caseId)
    const revoke = (caseId: CaseId, person: ParticipantId) => sockets.revoke(caseId, person)
    const smtp = config.mail && createSmtpSender(config.mail)
    const hasSink = sinkAllowed({ publicUrl: config.publicUrl, hasMail: smtp !== undefined })
    const made = createIdentity({
      records: storage.records,
      due,
      clock: steady,
      entropy,
      tokenKey: secrets.tokenKey,
      publicUrl,
      limits,
      mail: smtp,
      sms: undefined,
      sink: hasSink ? createSink({ clock }) : undefined,
      demo: config.demo,
      controlCode: authority.digits,
      personOf,
      enterCase: (caseId, person) => cases().enter(caseId, person),
      access: makeAccessLog({ log, newStep }),
      revoke,
      note,
      onTrouble,
      revokeAccount(account) {
        cases()
          .mediatedBy(account)
          .then((mine) => {
            for (const { caseId, mediatorParticipantId } of mine) revoke(caseId, mediatorParticipantId)
          })
          .catch(onTrouble)
      },
    })
    return {
      api: { ...made, personOf, attach: (given) => (attached = given) },
      routes: made.routes,
      due: made.dueKinds,
      subscribers: [endToldDevices({ log, sessions: made.sessions, revoke, onTrouble })],
      close: () => smtp?.close(),
    }
  },
})
