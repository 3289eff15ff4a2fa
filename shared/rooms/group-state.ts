import { audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { type GroupEnd, groupEnded, groupEntered, groupOpened, groupRenamed } from './group-protocol.ts'
import { roomLeft } from './room-protocol.ts'

/** Folded from a group's own room. */
export interface Group {
  readonly name: string
  readonly purpose: string | undefined
  readonly end: GroupEnd
  readonly openedAt: number
  readonly endedAt: number | undefined
  /** Who has stepped over; whoever else is in the room is invited. */
  readonly entered: Readonly<Record<ParticipantId, number>>
}

export const groupFold: Fold<Group | undefined> = {
  name: 'group',
  initial: undefined,
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'room') return state
    if (isEvent(event, groupOpened)) {
      const { name, purpose, end } = event.body
      return { name, purpose, end, openedAt: event.at, endedAt: undefined, entered: {} }
    }
    if (!state) return state
    if (isEvent(event, groupRenamed)) return { ...state, name: event.body.name, purpose: event.body.purpose }
    if (isEvent(event, groupEntered) && event.by !== 'system') return { ...state, entered: { ...state.entered, [event.by]: event.at } }
    if (isEvent(event, roomLeft)) {
      const { [event.body.participantId]: _left, ...entered } = state.entered
      return { ...state, entered }
    }
    return isEvent(event, groupEnded) ? { ...state, endedAt: event.at } : state
  },
}
