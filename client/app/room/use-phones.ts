import { useEffect, useState } from 'react'
import type { RoomSession } from '#client/rooms/room-session.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

const NONE: ReadonlyMap<ParticipantId, string> = new Map()

/** The numbers that a mediator calls; empty while they are not known. */
export function usePhones(session: RoomSession): ReadonlyMap<ParticipantId, string> {
  const [phones, setPhones] = useState(NONE)
  useEffect(() => {
    let over = false
    session.phones?.().then(
      (found) => !over && setPhones(found),
      () => undefined, // without numbers the mediator dials by hand; no reason to disturb
    )
    return () => {
      over = true
    }
  }, [session])
  return phones
}
