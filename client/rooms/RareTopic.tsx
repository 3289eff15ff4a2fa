import { type ReactNode, useState } from 'react'
import './rooms.css'

/** Opened by its own words, as a topic of help; what stands in it is drawn, and so fetched, when it is opened. */
export function RareTopic({ label, children }: { label: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false)
  return (
    <details className="rooms-help" onToggle={() => setOpened(true)}>
      <summary>{label}</summary>
      {opened && children}
    </details>
  )
}
