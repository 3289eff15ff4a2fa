import { useTexts } from '#client/i18n/texts.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import './invitations.css'

/** A link as it is, for whoever copies by hand: called by a name, reached by keyboard, and marked whole as soon as it is. */
export function LinkShown({ link }: { link: string }) {
  const t = useTexts()
  return (
    <div className="identity-link-shown">
      <TextArea
        line
        readOnly
        spellCheck={false}
        aria-label={t('identity.invitation.link')}
        value={link}
        onChange={() => undefined}
        onFocus={(event) => event.currentTarget.select()}
      />
    </div>
  )
}
