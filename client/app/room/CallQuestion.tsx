// What is asked before somebody is heard in a room.
import { EnterCall } from '#client/calls/entering/EnterCall.tsx'
import type { Numbers } from '#client/calls/Telephone.tsx'
import { useOwnCall } from '#client/calls/use-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { titleOf } from './room-title.ts'

interface CallQuestionProps extends Numbers {
  readonly rooms: readonly RoomView[]
  readonly room: RoomView
  readonly onClose: () => void
}

export function CallQuestion({ rooms, room, phones, onClose }: CallQuestionProps) {
  const t = useTexts()
  const { me } = useCase()
  const own = useOwnCall()
  const other = own.kind === 'in' ? rooms.find(({ audience }) => audience === own.audience) : undefined
  return <EnterCall room={room} otherRoom={other && titleOf(other, me, t)} phones={phones} onClose={onClose} />
}
