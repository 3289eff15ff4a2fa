import { useRequest } from '#client/http/use-request.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { type Invitation, invitationLink } from '#shared/identity/invitation-protocol.ts'
import type { MadeLink } from './InvitationCard.tsx'

/** Making a link voids the one before, so it never happens by merely opening a dialog when one has gone out. */
export function useMadeLink(options: {
  invitation: Invitation
  onMade: (made: MadeLink) => void
  onChange: (invitation: Invitation) => void
}) {
  const { invitation, onMade, onChange } = options
  const call = useStaffCall()
  const making = useRequest()
  const make = () =>
    making.run(async () => {
      const { link, secret, invitation: changed } = await call(invitationLink, { invitationId: invitation.id })
      onMade({ link, secret })
      onChange(changed)
    })
  return { making, make, voidsEarlier: invitation.state !== 'made' && invitation.state !== 'revoked' }
}
