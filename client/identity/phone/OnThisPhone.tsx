// On a phone that several people use: in whose name everything here is done, and one tap to give it away. Left alone it is given away by itself.
import { useEffect } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import type { Timers } from '#shared/kernel/clock.ts'

export const IDLE_MS = 5 * 60_000

export interface OnThisPhoneShown {
  readonly name: string
  readonly onGive: () => void
}

export function OnThisPhone({ name, onGive }: OnThisPhoneShown) {
  const t = useTexts()
  const { timers } = useTools()
  useEffect(() => whenLeftAlone(document, timers, onGive), [timers, onGive])
  return (
    <Banner
      icon="device"
      title={t('identity.phone.now', { name })}
      actions={<Button onClick={onGive}>{t('identity.phone.give')}</Button>}
      brief
      givesWay
    />
  )
}

/** Runs once nobody has touched the page or a key for some minutes. */
function whenLeftAlone(page: EventTarget, timers: Timers, run: () => void): () => void {
  let cancel = timers.after(IDLE_MS, run)
  const touched = () => {
    cancel()
    cancel = timers.after(IDLE_MS, run)
  }
  const kinds = ['pointerdown', 'keydown', 'input', 'scroll']
  for (const kind of kinds) page.addEventListener(kind, touched, { capture: true, passive: true })
  return () => {
    cancel()
    for (const kind of kinds) page.removeEventListener(kind, touched, { capture: true })
  }
}
