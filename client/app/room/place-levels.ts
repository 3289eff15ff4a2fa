// The places inside a case, and which of them lie deeper than others: what Back comes to is always nearer to where one came in.
import type { RoomPart } from '#client/ui/frame/RoomFrame.tsx'
import { type Audience, isAudience } from '#shared/kernel/audience.ts'

/** `room`: the one that was gone into; undefined: the first. On the board: where it was left for. */
export interface Where {
  readonly board: boolean
  readonly part: RoomPart
  readonly room?: Audience
}

const PARTS: readonly unknown[] = ['talk', 'draft', 'side'] satisfies RoomPart[]

/** The board, or all together; one room of several; another part than the talk. */
export function levelOf({ board, part, room = 'all' }: Where, mediating: boolean): number {
  if (board) return 0
  if (part !== 'talk') return 2
  return mediating || room !== 'all' ? 1 : 0
}

/**
 * Where a page that was loaded anew begins. Whoever mediates may be showing their screen by mistake: it does not come back to words of one
 * side, but to the board, from where one press leads back.
 */
export function whereLoaded(where: Where): Where {
  const { room = 'all' } = where
  return room === 'all' ? where : { ...where, board: true }
}

/** Undefined: nothing that is a place. */
export function whereIn(kept: unknown, mediating: boolean): Where | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined
  const { board, part, room } = kept as Readonly<Record<string, unknown>> // looked at below
  if (typeof board !== 'boolean' || (board && !mediating) || !PARTS.includes(part)) return undefined
  const where = { board, part: part as RoomPart } // one of PARTS
  return typeof room === 'string' && isAudience(room) ? { ...where, room } : where
}
