import { useEffect } from 'react'
import { useCase } from '#client/rooms/use-room.ts'
import type { RoomPart } from '#client/ui/frame/RoomFrame.tsx'
import type { Rooms } from './use-rooms.ts'

/** The window's own title says that something is new, never what or from whom. */
export function useWindowTitle({ rooms, unreadOf }: Rooms, part: RoomPart): void {
  const { facts } = useCase().state
  const title = facts?.title ?? ''
  const unread = rooms.reduce((sum, room) => sum + unreadOf(room.audience), 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part shows the title anew
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · Bitim`
    return () => {
      document.title = 'Bitim'
    }
  }, [title, unread, part])
}
