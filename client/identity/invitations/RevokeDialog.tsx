import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { type Invitation, invitationRevoke } from '#shared/identity/invitation-protocol.ts'

interface RevokeDialogProps {
  readonly invitation: Invitation
  readonly name: string
  readonly onChange: (invitation: Invitation) => void
  readonly onClose: () => void
}

/** Asked once, with what will happen. */
export function RevokeDialog({ invitation, name, onChange, onClose }: RevokeDialogProps) {
  const t = useTexts()
  const call = useStaffCall()
  const request = useRequest()
  const revoke = () => request.run(async () => onChange(await call(invitationRevoke, { invitationId: invitation.id })))
  return (
    <ConfirmDialog
      size="s"
      title={t('identity.revoke.title', { name })}
      kind="danger"
      confirm={t('identity.revoke.action')}
      busy={request.busy}
      problem={request.problem}
      act={revoke}
      onClose={onClose}
    >
      <p>{t('identity.revoke.text')}</p>
    </ConfirmDialog>
  )
}
