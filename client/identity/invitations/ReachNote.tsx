import { useTexts } from '#client/i18n/texts.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { reachOf } from './link-reach.ts'

/** Says before a link is sent that others cannot open it, and what to do; nothing where everybody can. */
export function ReachNote({ link }: { link: string }) {
  const t = useTexts()
  const reach = reachOf(link)
  if (reach === 'everybody') return null
  return (
    <Banner tone="warn" title={t(`identity.reach.${reach}`)}>
      {t(`identity.reach.${reach}.text`, { host: new URL(link).host })}
    </Banner>
  )
}
