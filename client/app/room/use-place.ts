import { useState } from 'react'
import type { RoomPart } from '#client/ui/frame/RoomFrame.tsx'

/** Where somebody is inside: at the board of rooms, or in a room, at one of its parts. */
export interface Place {
  readonly board: boolean
  readonly part: RoomPart
  readonly drawer: boolean
  showBoard(): void
  /** Back to the room and the part that were left for the board. */
  leaveBoard(): void
  showPart(part: RoomPart): void
  /** Of whatever room: what lay over the conversation is put away. */
  showTalk(): void
  openDrawer(open: boolean): void
}

export function usePlace(atBoard: boolean): Place {
  const [board, setBoard] = useState(atBoard)
  const [part, setPart] = useState<RoomPart>('talk')
  const [drawer, setDrawer] = useState(false)
  return {
    board,
    part,
    drawer,
    showBoard: () => setBoard(true),
    leaveBoard: () => setBoard(false),
    showPart(next) {
      setBoard(false)
      setPart(next)
    },
    showTalk() {
      setBoard(false)
      setPart('talk')
      setDrawer(false)
    },
    openDrawer: setDrawer,
  }
}
