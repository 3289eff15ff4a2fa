import { useCallback, useContext, useMemo } from 'react'
import { useLocation } from 'wouter'
import { firstJoinOf } from '#client/app/first-join/first-join.ts'
import { TextLoaderContext } from '#client/app/lazy-part.tsx'
import { savesData } from '#client/http/saves-data.ts'
import { JoinScreen } from '#client/identity/join/JoinScreen.tsx'
import type { OpenPerson } from '#client/identity/sessions/person-sessions.ts'

export function JoinRoute() {
  const [, navigate] = useLocation()
  const texts = useContext(TextLoaderContext)
  const first = useMemo(() => firstJoinOf(document), [])
  // the room is fetched while the code is being typed, and not before; without a connection the room's own loading says so later
  const fetchRoom = useCallback(() => {
    if (savesData(navigator)) return
    Promise.all([import('./room-entry.tsx'), texts?.need('waiting')]).catch(() => undefined)
  }, [texts])
  const open = useCallback(
    ({ caseId, participantId, keep }: OpenPerson) =>
      navigate(`/room/${caseId}`, { replace: true, state: { participantId, notMine: !keep } }),
    [navigate],
  )
  // a browser may have stopped before everything of theirs was taken away
  const showHeld = useCallback(
    (person: OpenPerson) => void import('#client/app/phone/cover-phone.ts').then(({ coverPhone }) => coverPhone(window, person)),
    [],
  )
  return <JoinScreen onOpen={open} onHeld={showHeld} onAsked={fetchRoom} first={first} />
}
