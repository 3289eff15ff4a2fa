import { useMemo } from 'react'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useNow } from '#client/rooms/use-now.ts'
import { DatesToAnswer } from '#client/scheduling/DatesToAnswer.tsx'
import { MeetingCard } from '#client/scheduling/MeetingCard.tsx'
import { schedulingFold } from '#shared/scheduling/scheduling-state.ts'

/** The meeting that is ahead, or that was cancelled and would be; the times that are asked for. */
export function DatesShown({ session }: { readonly session: RoomSession }) {
  const { api: open } = useTools()
  const api = useMemo(() => authorisedApi(open, session), [open, session])
  const { proposal, meeting } = useSlice(schedulingFold, 'case') ?? schedulingFold.initial
  const now = useNow()
  const isToCome = meeting !== undefined && now < meeting.at + meeting.minutes * 60_000
  return (
    <>
      {meeting && isToCome && <MeetingCard meeting={meeting} api={api} />}
      {proposal && <DatesToAnswer proposal={proposal} />}
    </>
  )
}
