import { useTexts } from '#client/i18n/texts.tsx'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { CopyButton } from '#client/ui/actions/CopyButton.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { chromeAddress, wayOut } from './in-app-browser.ts'

/** Only inside a messenger's own browser: how to get out of it before the code binds the link to it. */
export function OpenOutside({ secret }: { secret: string }) {
  const t = useTexts()
  const way = wayOut(navigator.userAgent)
  if (way === undefined) return null
  const link = `${window.location.origin}/join#${secret}`
  return (
    <Banner
      tone="warn"
      title={t('identity.join.outside')}
      actions={
        <>
          {way === 'chrome' && (
            <LinkButton href={chromeAddress(link)} kind="primary">
              {t('identity.join.outside.chrome')}
            </LinkButton>
          )}
          <CopyButton text={link} alone>
            {t('identity.join.outside.copy')}
          </CopyButton>
        </>
      }
    >
      {way === 'chrome' ? t('identity.join.outside.text') : t('identity.join.outside.menu')}
    </Banner>
  )
}
