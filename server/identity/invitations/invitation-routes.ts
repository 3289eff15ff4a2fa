// What answers a mediator's routes over invitations. Whose case it is not, for them it has none.
import type { PersonOf, StaffCaller } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import {
  deviceEnd,
  invitationChange,
  invitationCode,
  invitationLink,
  invitationList,
  invitationRevoke,
  invitationSend,
  invitationSlip,
  readOutList,
} from '#shared/identity/invitation-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, InvitationId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { OneTimeCodes } from '../codes/one-time-codes.ts'
import { words } from '../delivery/words.ts'
import { MAKING } from '../guessing-limits.ts'
import type { InvitationStore, StoredInvitation } from './invitation-store.ts'
import { type InvitationViewDeps, viewInvitation } from './invitation-view.ts'
import type { Invitations } from './invitations.ts'

interface InvitationRouteDeps {
  readonly store: Pick<InvitationStore, 'get' | 'ofCase'>
  readonly invitations: Invitations
  readonly codes: Pick<OneTimeCodes, 'toReadOut'>
  readonly accounts: Pick<Accounts, 'get'>
  readonly view: InvitationViewDeps
  readonly personOf: PersonOf
  readonly limits: Pick<Limits, 'act'>
  /** Of the installation's authority: paper handed over is a way beside the service. */
  readonly controlCode: string
}

const STEPS = {
  reserve: (invitations: Invitations) => invitations.reserveLink,
  sent: (invitations: Invitations) => invitations.sendLink,
  release: (invitations: Invitations) => invitations.releaseLink,
} as const

export function invitationRoutes(deps: InvitationRouteDeps): readonly ServedRoute[] {
  const { invitations, store, limits } = deps

  /** As whom the mediator stands in the case. */
  async function demandCase(caseId: CaseId, caller: StaffCaller): Promise<ParticipantId> {
    const by = await deps.personOf(caller.accountId, caseId)
    if (by === undefined) throw new AppError({ kind: 'not-found' })
    return by
  }

  async function demand(id: InvitationId, caller: StaffCaller): Promise<StoredInvitation & { readonly by: ParticipantId }> {
    const stored = await store.get(id)
    if (!stored) throw new AppError({ kind: 'not-found' })
    return { ...stored, by: await demandCase(stored.value.caseId, caller) }
  }

  async function view(id: InvitationId) {
    const stored = await store.get(id)
    if (!stored) throw new AppError({ kind: 'not-found' })
    return viewInvitation(deps.view, stored)
  }

  return [
    serve(invitationList, async ({ caseId }, caller) => {
      await demandCase(caseId, caller)
      const stored = await store.ofCase(caseId)
      return { invitations: await Promise.all(stored.map((one) => viewInvitation(deps.view, one))), gateways: deps.view.gateways }
    }),
    serve(invitationLink, async ({ invitationId }, caller) => {
      const { by } = await demand(invitationId, caller)
      limits.act('invite', caller.accountId, MAKING)
      const made = await invitations.makeLink(invitationId, by)
      return { ...made, invitation: await view(invitationId) }
    }),
    serve(invitationSend, async ({ invitationId, secret, way, step = 'sent' }, caller) => {
      await demand(invitationId, caller)
      limits.act('invite', caller.accountId, MAKING)
      await STEPS[step](invitations)(invitationId, secret, way)
      return view(invitationId)
    }),
    serve(invitationSlip, async ({ invitationId, secret }, caller) => {
      const { value } = await demand(invitationId, caller)
      limits.act('invite', caller.accountId, MAKING)
      await invitations.sendLink(invitationId, secret, 'slip')
      const mediator = await deps.accounts.get(value.mediatorId)
      const phone = mediator?.profile.phone ?? ''
      const { language } = value
      return {
        link: invitations.linkOf(secret),
        mediatorName: value.mediatorName,
        mediatorPhone: phone,
        language,
        title: words(language, 'identity.slip.title'),
        lines: [
          words(language, 'identity.slip.invite', { mediator: value.mediatorName }),
          words(language, 'identity.slip.open'),
          words(language, 'identity.slip.code'),
          ...(phone === '' ? [] : [words(language, 'identity.slip.phone', { phone })]),
          words(language, 'identity.slip.keep'),
          words(language, 'identity.slip.control-code', { code: deps.controlCode }),
        ],
      }
    }),
    serve(invitationCode, async ({ invitationId, way }, caller) => {
      await demand(invitationId, caller)
      limits.act('invite', caller.accountId, MAKING)
      const made = await invitations.makeCode(invitationId, way)
      return { ...made, invitation: await view(invitationId) }
    }),
    serve(invitationChange, async ({ invitationId, phone, email, language }, caller) => {
      const { by } = await demand(invitationId, caller)
      limits.act('invite', caller.accountId, MAKING)
      await invitations.change(invitationId, { phone, email, language }, by)
      return view(invitationId)
    }),
    serve(invitationRevoke, async ({ invitationId }, caller) => {
      const { by } = await demand(invitationId, caller)
      await invitations.revoke(invitationId, by)
      return view(invitationId)
    }),
    serve(deviceEnd, async ({ invitationId, deviceId }, caller) => {
      const { by } = await demand(invitationId, caller)
      await invitations.endDevice(invitationId, deviceId, by)
      return view(invitationId)
    }),
    serve(readOutList, async ({ caseId }, caller) => {
      await demandCase(caseId, caller)
      return { codes: [...(await deps.codes.toReadOut(caseId))] }
    }),
  ]
}
