import { useTexts } from '#client/i18n/texts.tsx'
import { LinkShown } from '#client/identity/invitations/LinkShown.tsx'
import { ReachNote } from '#client/identity/invitations/ReachNote.tsx'
import { CopyButton } from '#client/ui/actions/CopyButton.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Qr } from '#client/ui/talk/Qr.tsx'
import '#client/identity/invitations/invitations.css'

/** A link that a colleague gets from the owner, and that is shown once. */
export function OneTimeLink({ link, lead }: { link: string; lead: string }) {
  const t = useTexts()
  return (
    <Stack gap={4}>
      <ReachNote link={link} />
      <p>{lead}</p>
      <LinkShown link={link} />
      <CopyButton text={link} kind="primary">
        {t('identity.link.copy')}
      </CopyButton>
      <div className="identity-qr">
        <Qr text={link} label={t('identity.link.qr.label')} />
      </div>
    </Stack>
  )
}
