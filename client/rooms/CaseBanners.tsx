// What has to be said above everything: two histories, a restored server, a device that keeps nothing, a newer client.
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { useCaseClient, useCaseSnapshot, useDeviceKeeps, useQuotaNear } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import type { QuotaNear } from '#shared/protocol/wire.ts'

const integrity = (snapshot: CaseSnapshot) => snapshot.integrity
const newer = (snapshot: CaseSnapshot) => snapshot.newer

export function CaseBanners({ onReload }: { onReload: () => void }) {
  const t = useTexts()
  const { storage } = useCaseClient()
  const whole = useCaseSnapshot(integrity)
  const outOfDate = useCaseSnapshot(newer)
  const near = useQuotaNear()
  const keeps = useDeviceKeeps()
  const reload = (
    <Button size="s" icon="refresh" onClick={onReload}>
      {t('rooms.outdated.reload')}
    </Button>
  )
  return (
    <>
      {whole.kind === 'forked' && (
        <Banner tone="bad" urgent title={t('rooms.forked.title')}>
          {t('rooms.forked.words', { seq: whole.seq })}
        </Banner>
      )}
      {whole.kind === 'behind' && (
        <Banner tone="warn" title={t('rooms.behind.title')} actions={reload}>
          {t('rooms.behind.words')}
        </Banner>
      )}
      {outOfDate && (
        <Banner tone="info" actions={reload}>
          {t('rooms.newer')}
        </Banner>
      )}
      {near && <Banner tone="warn">{nearWords(near, t)}</Banner>}
      {storage && !keeps && <Banner tone="warn">{t('rooms.storage')}</Banner>}
    </>
  )
}

function nearWords({ of, percent }: QuotaNear, t: Translate): string {
  switch (of) {
    case 'minute':
      return t('rooms.near.minute')
    case 'day':
      return t('rooms.near.day', { percent })
    case 'case':
      return t('rooms.near.case', { percent })
  }
}
