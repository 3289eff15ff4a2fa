// A mediator's place for their own minutes. Whoever looks at the board while they speak in a room is in that room.
import { useEffect } from 'react'
import { useCallThere } from '#client/calls/use-call-there.ts'
import { tellPlace } from '#client/caucus/minutes/tell-place.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import type { Audience } from '#shared/kernel/audience.ts'

interface TellPlaceProps {
  /** The room that is shown; undefined: the board. */
  readonly shown: Audience | undefined
}

export function TellPlace({ shown }: TellPlaceProps) {
  const client = useCaseClient()
  const { own } = useCallThere()
  const place = shown ?? own ?? 'board'
  useEffect(() => client.owned(tellPlace).at(place), [client, place])
  return null
}
