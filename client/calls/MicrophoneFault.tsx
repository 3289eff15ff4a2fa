// Why there is no microphone, and the way that stays: the telephone.
import { useTexts } from '#client/i18n/texts.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import type { MediaFault } from './media/media-devices.ts'
import { type Numbers, Telephone } from './Telephone.tsx'

export function MicrophoneFault({ fault, phones }: { readonly fault: MediaFault } & Numbers) {
  const t = useTexts()
  return (
    <Banner tone="warn" icon="mic-off" urgent>
      <p>{t(`calls.fault.${fault}`)}</p>
      <Telephone phones={phones} />
    </Banner>
  )
}
