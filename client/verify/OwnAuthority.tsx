// The public place where an installation shows by which authority its agreements can be told from others (Digital Code, art. 61(4)).
import { useTexts } from '#client/i18n/texts.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import type { RouteAnswer } from '#shared/protocol/route.ts'
import { authorityDownload, type authorityLook } from '#shared/signing/signing-routes.ts'
import { inFours } from './in-fours.ts'

export function OwnAuthority({ authority: { digits, sha256 } }: { authority: RouteAnswer<typeof authorityLook> }) {
  const t = useTexts()
  return (
    <Card as="section">
      <Stack gap={3}>
        <h2 className="verify-heading">{t('verify.own')}</h2>
        <p className="verify-digits">{digits}</p>
        <Muted>{t('verify.own.lead')}</Muted>
        <Muted small>
          SHA-256: <span className="verify-digest">{inFours(sha256)}</span>
        </Muted>
        <a href={authorityDownload.path} download>
          {t('verify.own.file')}
        </a>
      </Stack>
    </Card>
  )
}
