import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'

/** Voice runs by telephone beside us: what to do with the call, and that a call may stop the connection on old networks. */
export function PhoneWords({ children }: { children: ReactNode }) {
  const t = useTexts()
  return (
    <Banner icon="phone">
      <p>{children}</p>
      <p>{t('caucus.phone.connection-may-go')}</p>
    </Banner>
  )
}
