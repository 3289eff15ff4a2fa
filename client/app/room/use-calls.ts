import { useState } from 'react'
import { useCallThere } from '#client/calls/use-call-there.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import type { Audience } from '#shared/kernel/audience.ts'

interface Calls {
  /** There is a call, or was one since the page was opened: what is shown of it may still have something to say. */
  readonly there: boolean
  /** This person is in one that goes on. */
  readonly isIn: boolean
  /** The room that somebody wishes to be heard in. */
  readonly asked: RoomView | undefined
  readonly ask: (audience: Audience | undefined) => void
  /** Where a call of the shown room can be asked for: how. */
  readonly askHere: (() => void) | undefined
}

export function useCalls(rooms: readonly RoomView[], shown: Audience): Calls {
  const { any, own, mayAsk } = useCallThere()
  const [audience, ask] = useState<Audience>()
  const [was, setWas] = useState(false)
  const there = any || audience !== undefined
  if (there && !was) setWas(true)
  const roomOf = (wanted: Audience | undefined) => rooms.find((room) => room.audience === wanted)
  const askHere = roomOf(shown) && mayAsk(shown) ? () => ask(shown) : undefined
  return { there: there || was, isIn: own !== undefined, asked: roomOf(audience), ask, askHere }
}
