// The text is for reading only on this device, and why: calm, with what is safe and what one can do.
import { useTexts } from '#client/i18n/texts.tsx'
import { useConnectionState } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'

interface SetAsideNoticeProps {
  readonly cause: 'foreign' | 'fault'
  readonly mediating: boolean
  readonly onAgain: () => void
}

export function SetAsideNotice({ cause, mediating, onAgain }: SetAsideNoticeProps) {
  const t = useTexts()
  const live = useConnectionState().kind === 'live'
  return (
    <Banner
      tone="warn"
      urgent
      title={t(`drafting.aside.${cause}`)}
      actions={
        <Button icon="refresh" size="s" disabled={!live} onClick={onAgain}>
          {t('drafting.aside.again')}
        </Button>
      }
    >
      <p>
        {t(`drafting.aside.${cause}.text`)} {!mediating && t('drafting.aside.tell')}
      </p>
    </Banner>
  )
}
