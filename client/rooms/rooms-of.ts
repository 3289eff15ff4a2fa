// Which rooms a person has, always in the same order: all, then one per side, then those for some as they were opened, then single people
// who have written from the waiting room.
import type { Who } from '#client/ui/base/who.ts'
import type { CaseState } from '#shared/cases/case-state.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { isOfSide, mediates } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import { isRoomOpen } from '#shared/rooms/group-policy.ts'
import { type Group, groupFold } from '#shared/rooms/group-state.ts'
import { inRoom, membersOf, roomFold } from '#shared/rooms/room-state.ts'
import { audienceWho, everybody, type PersonView } from './people.ts'

export interface RoomView {
  readonly audience: Audience
  readonly kind: 'joint' | 'side' | 'direct' | 'group'
  readonly who: Who
  /** The side of a caucus, or of the one person of a direct line. */
  readonly side: { readonly id: SideId; readonly name: string } | undefined
  /** Of a room for some: its name and end, and who has stepped over. */
  readonly group?: Group
  /** Nobody writes there any more; it is left to be read. */
  readonly over: boolean
  /** Who reads here now, in the case's order; oneself included. */
  readonly readers: readonly PersonView[]
}

/** `hasWords`: somebody has written there. A direct line is a room of its own only as long as it has a use. */
export function roomsOf(view: View, state: CaseState, me: ParticipantId, hasWords: (audience: Audience) => boolean): readonly RoomView[] {
  const people = everybody(state)
  const mine = people.find(({ id }) => id === me)
  const mediating = mine !== undefined && mediates(mine)
  const rooms: RoomView[] = []
  const add = (audience: Audience, kind: RoomView['kind'], side: RoomView['side'], group?: Group) => {
    if (!inRoom(view, audience, me)) return
    const members = new Set(membersOf(view.state(roomFold, audience)))
    rooms.push({
      audience,
      kind,
      who: audienceWho(state, audience),
      side,
      over: !isRoomOpen(view, audience),
      readers: people.filter(({ id }) => members.has(id)),
      ...(group && { group }),
    })
  }
  add('all', 'joint', undefined)
  for (const { id, name } of state.facts?.sides ?? []) add(sideAudience(id), 'side', { id, name })
  for (const { audience, group } of groupsIn(view)) add(audience, 'group', undefined, group)
  for (const person of people) {
    if (!mediating && person.id !== me) continue
    const audience = directAudience(person.id)
    const admitted = person.side !== undefined && isOfSide(person) && inRoom(view, sideAudience(person.side.id), person.id)
    if (hasWords(audience) || (!mediating && !admitted)) add(audience, 'direct', person.side)
  }
  return rooms
}

function groupsIn(view: View): readonly { readonly audience: Audience; readonly group: Group }[] {
  return view
    .audiences()
    .flatMap((audience) => {
      const group = view.state(groupFold, audience)
      return group ? [{ audience, group }] : []
    })
    .sort((one, other) => one.group.openedAt - other.group.openedAt)
}

/** Everybody but oneself. */
export function otherReaders(room: RoomView, me: ParticipantId): readonly PersonView[] {
  return room.readers.filter(({ id }) => id !== me)
}
