import { useMemo } from 'react'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { DatesBoard } from '#client/scheduling/DatesBoard.tsx'

export function DatesOnBoard({ session }: { readonly session: RoomSession }) {
  const { api: open } = useTools()
  const api = useMemo(() => authorisedApi(open, session), [open, session])
  return <DatesBoard api={api} />
}
