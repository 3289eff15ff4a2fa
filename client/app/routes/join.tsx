import { useCallback, useEffect } from 'react'
import { useLocation } from 'wouter'
import { JoinScreen } from '#client/identity/join/JoinScreen.tsx'
import type { OpenPerson } from '#client/identity/sessions/person-sessions.ts'

export function JoinRoute() {
  const [, navigate] = useLocation()
  useEffect(() => {
    // fetched while the code is being typed; without a line the room's own loading says so later
    import('./room-entry.tsx').catch(() => undefined)
  }, [])
  const open = useCallback(
    ({ caseId, participantId }: OpenPerson) => navigate(`/room/${caseId}`, { replace: true, state: { participantId } }),
    [navigate],
  )
  return <JoinScreen onOpen={open} />
}
