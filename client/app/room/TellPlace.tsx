// A mediator's place for their own minutes. Whoever looks at the board while they speak in a room is in that room.
import { useEffect } from 'react'
import { callsHere } from '#client/calls/calls-here.ts'
import { tellPlace } from '#client/caucus/minutes/tell-place.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Audience } from '#shared/kernel/audience.ts'

interface TellPlaceProps {
  /** The room that is shown; undefined: the board. */
  readonly shown: Audience | undefined
}

export function TellPlace({ shown }: TellPlaceProps) {
  const client = useCaseClient()
  const { me } = useCase()
  const { members } = useStore(client.owned(callsHere))
  const call = [...members].find(([, people]) => people.some(({ participantId }) => participantId === me.id))?.[0]
  const place = shown ?? call ?? 'board'
  useEffect(() => client.owned(tellPlace).at(place), [client, place])
  return null
}
