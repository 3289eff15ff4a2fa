import { useEffect } from 'react'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { useTalkStore } from './use-talk.tsx'

/**
 * What somebody began to write in the waiting room goes with them into their room with the mediator, unsent as it is. Not where others of
 * their side would read it: there it stays in the line that it was written in.
 */
export function useCarriedWords(rooms: readonly RoomView[]): void {
  const talk = useTalkStore()
  const { me } = useCase()
  const own = rooms.find(({ kind }) => kind === 'side')
  const to = !mediates(me) && own?.readers.every((reader) => reader.id === me.id || mediates(reader)) ? own.audience : undefined
  useEffect(() => {
    if (to) talk.carry(directAudience(me.id), to)
  }, [talk, me.id, to])
}
