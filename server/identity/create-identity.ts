// Puts identity together for the composition root: stores over records, use cases, routes, and the few functions other capabilities ask.

import type { DueKind, DueTimes } from '#server/due/due.ts'
import type { Authenticate, PersonOf } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import type { Log } from '#server/http/log.ts'
import type { ServedRoute } from '#server/http/router.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import type { Contacts } from '#shared/identity/invitation-protocol.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { type AccountId, asId, type CaseId, type InvitationId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import { accessRoutes } from './access/access-routes.ts'
import type { AccessLog } from './access/note-access.ts'
import { accountRoutes } from './accounts/account-routes.ts'
import { createAccountStore } from './accounts/account-store.ts'
import { type Accounts, createAccounts } from './accounts/accounts.ts'
import { installationRoutes } from './accounts/installation-routes.ts'
import { makePasswords } from './accounts/password.ts'
import { createPasswordLinkStore } from './accounts/password-link-store.ts'
import { makePasswordMail } from './accounts/password-mail.ts'
import { makePasswordWork } from './accounts/password-work.ts'
import { signInRoutes } from './accounts/sign-in-routes.ts'
import { createOneTimeCodes, type OneTimeCodes } from './codes/one-time-codes.ts'
import { type CodeDelivery, makeCodeDelivery } from './delivery/code-delivery.ts'
import { type MailToPerson, makePersonMail } from './delivery/person-mail.ts'
import type { MailSender, SmsGateway } from './delivery/senders.ts'
import type { Sink } from './delivery/sink.ts'
import { MAKING } from './guessing-limits.ts'
import { invitationRoutes } from './invitations/invitation-routes.ts'
import { createInvitationStore } from './invitations/invitation-store.ts'
import { createInvitations, type Invitations } from './invitations/invitations.ts'
import { joinRoutes } from './invitations/join-routes.ts'
import { phoneRoutes } from './invitations/phone-routes.ts'
import { type AuthenticateInCase, createAuthenticate, createAuthenticateInCase } from './sessions/authenticate.ts'
import { createKnownDevices } from './sessions/known-devices.ts'
import { createSessionStore } from './sessions/session-store.ts'
import { createSessions, type Sessions } from './sessions/sessions.ts'
import { createTokens } from './sessions/tokens.ts'

export interface IdentityDeps {
  readonly records: RecordStore
  readonly due: DueTimes
  /** Steady: nothing here ends because the clock was set. */
  readonly clock: SteadyClock
  readonly entropy: Entropy
  readonly tokenKey: Uint8Array
  readonly publicUrl: () => string
  readonly limits: Limits
  /** Mail by SMTP; undefined: none is configured. */
  readonly mail: MailSender | undefined
  readonly sms: SmsGateway | undefined
  /** Stands in for mail and SMS where `sinkAllowed`. */
  readonly sink: Sink | undefined
  readonly demo: boolean
  /** Of the installation's authority, for paper that people get by hand. */
  readonly controlCode: string
  readonly personOf: PersonOf
  /** Runs when a code was accepted; must be safe to repeat. */
  readonly enterCase: (caseId: CaseId, participantId: ParticipantId) => Promise<void>
  readonly access: AccessLog
  /** Closes those of the person's connections whose session has ended. */
  readonly revoke: (caseId: CaseId, participantId: ParticipantId) => void
  readonly revokeAccount: (accountId: AccountId) => void
  /** Into the server's log. */
  readonly note: Log['info']
  readonly onTrouble: (cause: unknown) => void
}

export interface Identity {
  readonly routes: readonly ServedRoute[]
  readonly authenticate: Authenticate
  /** For the socket's handshake. */
  readonly authenticateInCase: AuthenticateInCase
  readonly accounts: Accounts
  readonly invitations: Invitations
  readonly codes: OneTimeCodes
  readonly sessions: Pick<Sessions, 'isLive' | 'isBound' | 'end'>
  /** Throws where the device is one that several people use, and its person has not typed their own code just now. */
  readonly demandOwnCode: Sessions['demandOwnCode']
  readonly codeDelivery: CodeDelivery
  /** What goes to the address that the invitation keeps. */
  readonly mailToPerson: MailToPerson
  readonly access: AccessLog
  /** For a person of a case: where a code can be sent to besides reading it out. */
  readonly contactsOf: (caseId: CaseId, participantId: ParticipantId) => Promise<{ phone: string; email: string } | undefined>
  /** Refuses with not-found where there is no invitation. */
  readonly changeContacts: (
    caseId: CaseId,
    participantId: ParticipantId,
    to: Contacts & { readonly language: Locale },
    by: ParticipantId,
  ) => Promise<void>
  /** Who leaves a case for good: link, code and devices end. */
  readonly endParticipant: (caseId: CaseId, participantId: ParticipantId, by: ParticipantId | undefined) => Promise<void>
  /** The owner's one-time link while there is no owner; a new one each time. */
  readonly ownerLink: () => Promise<string | undefined>
  readonly dueKinds: readonly DueKind[]
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { records, clock, entropy, tokenKey, publicUrl, limits, sink, personOf } = deps
  const tokens = createTokens({ tokenKey, clock })
  const sessionStore = createSessionStore(deps)
  const accountStore = createAccountStore(deps)
  const sessions = createSessions({ store: sessionStore, clock, entropy, tokenKey })
  const passwords = makePasswords({ entropy, work: makePasswordWork() })
  const devices = createKnownDevices({ tokenKey, entropy })
  const links = createPasswordLinkStore(deps)
  const accounts = createAccounts({ store: accountStore, links, passwords, clock, entropy })
  const codes = createOneTimeCodes(deps)
  const mail = deps.mail ?? sink
  const sms = deps.sms ?? sink
  const passwordLinkOf = (secret: string) => `${publicUrl()}/password#${secret}`
  const passwordMail = makePasswordMail({ accounts, mail: deps.mail, notices: mail, linkOf: passwordLinkOf, onTrouble: deps.onTrouble })
  async function endEverywhere(accountId: AccountId): Promise<void> {
    await sessions.endOfAccount(accountId)
    deps.revokeAccount(accountId)
  }
  const store = createInvitationStore(records)
  const invitations = createInvitations({ ...deps, store, codes, sessions, mail, sms, noteAccess: deps.access.note })
  const view = { codes, sessions, clock, gateways: { mail: mail !== undefined, sms: sms !== undefined } }
  return {
    routes: [
      ...installationRoutes({ accounts, mail: deps.mail !== undefined, sink, demo: deps.demo }),
      ...signInRoutes({ accounts, sessions, tokens, limits, devices, passwordMail, endEverywhere, note: deps.note }),
      ...accountRoutes({ accounts, sessions, limits, publicUrl, passwordLinkOf, passwordMail, endEverywhere, note: deps.note }),
      ...invitationRoutes({ controlCode: deps.controlCode, store, invitations, codes, accounts, view, personOf, limits }),
      ...joinRoutes({ store, codes, sessions, tokens, limits, enterCase: deps.enterCase, noteAccess: deps.access.note }),
      ...phoneRoutes({ sessions, tokens, limits, revoke: deps.revoke }),
      ...accessRoutes({ access: deps.access, sessions, revoke: deps.revoke }),
    ],
    authenticate: createAuthenticate({ tokens, sessions }),
    authenticateInCase: createAuthenticateInCase({ tokens, sessions, personOf, clock }),
    accounts,
    invitations,
    codes,
    sessions,
    demandOwnCode: sessions.demandOwnCode,
    codeDelivery: makeCodeDelivery(deps),
    mailToPerson: makePersonMail({ store, mail }),
    access: deps.access,
    async contactsOf(caseId, participantId) {
      return (await store.byParticipant(caseId, participantId))?.value.contacts
    },
    async changeContacts(caseId, participantId, to, by) {
      const stored = await store.byParticipant(caseId, participantId)
      if (!stored) throw new AppError({ kind: 'not-found' })
      limits.act('invite', `${caseId}.${by}`, MAKING)
      await invitations.change(asId<InvitationId>(stored.id), to, by)
    },
    async endParticipant(caseId, participantId, by) {
      const stored = await store.byParticipant(caseId, participantId)
      if (stored) await invitations.endAll(asId<InvitationId>(stored.id), by)
      // Nobody invited a mediator: their account lets them in, and is asked again at once.
      else deps.revoke(caseId, participantId)
    },
    async ownerLink() {
      const secret = await accounts.newOwnerSecret()
      return secret === undefined ? undefined : `${publicUrl()}/setup#${secret}`
    },
    dueKinds: [sessionStore.dueKind, accountStore.dueKind, links.dueKind, codes.dueKind],
  }
}
