import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import type { Agreed } from '#shared/signing/signing-state.ts'
import { SaveButton } from './SaveButton.tsx'
import type { ShownVersion } from './use-version.ts'

/** After release: the same bundle for everybody, and how anybody checks it without us (Digital Code, art. 50(3)5, 61(4), 62(1)). */
export function ReleasedCard({
  shown: { version },
  agreed,
  api,
}: {
  shown: ShownVersion
  agreed: Extract<Agreed, { kind: 'released' }>
  api: AuthorisedApi
}) {
  const t = useTexts()
  const format = useFormats()
  return (
    <Card as="section">
      <Stack gap={4}>
        <Banner tone="good" title={t('signing.released')}>
          {t('signing.released.text', { stamp: format.stamp(agreed.at) })}
        </Banner>
        <div className="signing-pair">
          <SaveButton api={api} what="bundle" versionId={version.versionId} kind="primary" />
          <SaveButton api={api} what="pdf" versionId={version.versionId} />
        </div>
        <p>{t('signing.released.keep')}</p>
        <p>{t('signing.released.verify')}</p>
        <LinkButton href="/verify" icon="shield" target="_blank" rel="noopener">
          {t('signing.released.open-verify')}
        </LinkButton>
      </Stack>
    </Card>
  )
}
