import type { ReactNode } from 'react'
import { Held } from '#client/messaging/RoomComposer.tsx'
import './room.css'

export function BoardFrame({ header, banners, children }: { header: ReactNode; banners: ReactNode; children: ReactNode }) {
  return (
    <div className="app-board">
      <header className="ui-header">{header}</header>
      <div className="app-board-banners ui-banners">{banners}</div>
      <main>{children}</main>
      <div className="app-board-held">
        <Held />
      </div>
    </div>
  )
}
