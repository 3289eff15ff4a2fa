import { type ReactNode, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import './rooms.css'

/** How one hears of something new, as one of the topics of help: what can be set for it is fetched when it is opened. */
export function AlertsTopic({ children }: { children: ReactNode }) {
  const t = useTexts()
  const [opened, setOpened] = useState(false)
  return (
    <details className="rooms-help" onToggle={() => setOpened(true)}>
      <summary>{t('rooms.waiting.alerts')}</summary>
      {opened && children}
    </details>
  )
}
