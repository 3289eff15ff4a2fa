// An invitation as its mediator sees it.

import type { Invitation } from '#shared/identity/invitation-protocol.ts'
import { CODE_TRIES } from '#shared/identity/join-fields.ts'
import { asId, type InvitationId } from '#shared/kernel/ids.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import type { CodeState, OneTimeCodes } from '../codes/one-time-codes.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { InvitationRecord, StoredInvitation } from './invitation-store.ts'
import { joinCodeOf } from './join-code.ts'
import { openCodeWays, possibleWays } from './ways.ts'

export interface InvitationViewDeps {
  readonly codes: Pick<OneTimeCodes, 'stateOf'>
  readonly sessions: Pick<Sessions, 'ofInvitation' | 'isOpen'>
  readonly clock: SteadyClock
  readonly gateways: { readonly mail: boolean; readonly sms: boolean }
}

export async function viewInvitation(deps: InvitationViewDeps, { id, value }: StoredInvitation): Promise<Invitation> {
  const invitationId = asId<InvitationId>(id)
  const code = await deps.codes.stateOf(joinCodeOf(id))
  const devices = (await deps.sessions.ofInvitation(invitationId)).map((session) => ({
    id: session.id,
    at: session.value.madeAt,
    device: session.value.device,
    keep: session.value.keep,
    live: deps.sessions.isOpen(session.value),
  }))
  const waiting = code?.state === 'waiting' && code.expiresAt > deps.clock.now()
  const { gateways } = deps
  return {
    id: invitationId,
    caseId: value.caseId,
    participantId: value.participantId,
    language: value.language,
    contacts: value.contacts,
    state: stateOf(value, code, devices.length > 0),
    code: waiting ? { way: code.way, expiresAt: deps.clock.onWall(code.expiresAt), triesLeft: Math.max(0, CODE_TRIES - code.tries) } : null,
    codeWays: openCodeWays(possibleWays(value), (way) => {
      if (way === 'sms') return gateways.sms && value.contacts.phone !== ''
      return way === 'mail' ? gateways.mail && value.contacts.email !== '' : true
    }),
    reserved: [...(value.reserved ?? [])],
    deliveries: [...value.deliveries],
    devices: devices.sort((a, b) => a.at - b.at),
  }
}

function stateOf(invitation: InvitationRecord, code: CodeState | undefined, joined: boolean): Invitation['state'] {
  if (invitation.revoked) return 'revoked'
  if (code?.state === 'waiting' && code.tries >= CODE_TRIES) return 'locked'
  if (joined) return 'joined'
  return invitation.deliveries.some(({ what }) => what === 'link') ? 'sent' : 'made'
}
