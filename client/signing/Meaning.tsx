import { useTexts } from '#client/i18n/texts.tsx'
import { Stack } from '#client/ui/base/layout.tsx'

/** What this signature is and what it is not (Digital Code, art. 47(4), 49(2)); said before anybody signs. */
export function Meaning() {
  const t = useTexts()
  return (
    <section aria-label={t('signing.meaning')} className="signing-meaning">
      <Stack gap={2}>
        <p>
          <strong>{t('signing.meaning.is-not')}</strong> {t('signing.meaning.is')}
        </p>
        <p>{t('signing.meaning.court')}</p>
        <p>{t('signing.meaning.release')}</p>
      </Stack>
    </section>
  )
}
