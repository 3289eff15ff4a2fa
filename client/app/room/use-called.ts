import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import { mediates } from '#shared/kernel/roles.ts'

/** Whether a side asks for its mediator; nobody but the mediator is shown it. */
export function useCalled(): (room: RoomView) => boolean {
  const view = useView()
  const mediating = mediates(useCase().me)
  return (room) => mediating && room.kind === 'side' && view.state(caucusFold, room.audience)?.call !== undefined
}
