import { useActing } from '#client/http/use-acting.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
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
  const acting = useActing()
  const revoke = () =>
    acting.run(async () => {
      onChange(await call(invitationRevoke, { invitationId: invitation.id }))
      onClose()
    })
  return (
    <Dialog
      size="s"
      title={t('identity.revoke.title', { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" busy={acting.busy} onClick={() => void revoke()}>
            {t('identity.revoke.action')}
          </Button>
        </>
      }
    >
      {acting.problem && <ProblemBanner problem={acting.problem} />}
      <p>{t('identity.revoke.text')}</p>
    </Dialog>
  )
}
