import { useTexts } from '#client/i18n/texts.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'

/** What being in the joint talk depends on, for somebody under age (art. 24(3)). */
export function MinorNotice() {
  return <Banner tone="info">{useTexts()('rooms.minor')}</Banner>
}
