import { useEffect, useState } from 'react'
import type { RoomPart } from '#client/ui/frame/RoomFrame.tsx'
import { keptInEntry } from '#client/ui/state/history-entry.ts'
import { tabHistory, useCover } from '#client/ui/state/use-tab-history.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { levelOf, type Where, whereIn, whereLoaded } from './place-levels.ts'

/** Where somebody is inside: at the board of rooms, or in a room, at one of its parts. A reload comes back to it (LIV-170); Back and Forward walk through it. */
export interface Place extends Where {
  readonly drawer: boolean
  showBoard(): void
  /** Back to the room and the part that were left for the board. */
  leaveBoard(): void
  showPart(part: RoomPart): void
  /** Into a room; what lay over its conversation is put away. */
  enter(room: Audience): void
  openDrawer(open: boolean): void
}

export function usePlace(mediating: boolean): Place {
  const kept = (): Where => whereIn(tabHistory.place(), mediating) ?? { board: mediating, part: 'talk' }
  const [where, setWhere] = useState(() => (mediating ? whereLoaded(kept()) : kept()))
  const [drawer, openDrawer] = useState(false)
  useCover(drawer, () => openDrawer(false))
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever mediates does so from the first to the last
  useEffect(() => {
    const before = kept()
    if (where.board !== before.board) tabHistory.go(levelOf(before, mediating), levelOf(where, mediating), where)
    return tabHistory.subscribe(() => setWhere(kept()))
  }, [])
  const go = (change: Partial<Where>) => {
    const next = { ...where, ...change }
    const reading = next.room === where.room ? keptInEntry('reading') : undefined
    tabHistory.go(levelOf(where, mediating), levelOf(next, mediating), next, reading)
    setWhere(next)
  }
  return {
    ...where,
    drawer,
    showBoard: () => go({ board: true }),
    leaveBoard: () => go({ board: false }),
    showPart: (part) => go({ board: false, part }),
    enter(room) {
      go({ board: false, part: 'talk', room })
      openDrawer(false)
    },
    openDrawer,
  }
}
