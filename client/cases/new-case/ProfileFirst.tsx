import { useLocation } from 'wouter'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'

/** Says what the profile lacks, and leads there and straight back. */
export function ProfileFirst({ urgent = false }: { urgent?: boolean }) {
  const t = useTexts()
  const [path, navigate] = useLocation()
  return (
    <Banner
      tone="warn"
      urgent={urgent}
      title={t('cases.profile-first')}
      actions={
        <Button icon="person" onClick={() => navigate('/office/profile', { state: { back: path } })}>
          {t('cases.profile-first.action')}
        </Button>
      }
    >
      {t('cases.profile-first.text')}
    </Banner>
  )
}
