// How this person reads and sends files: given by whoever opens the room.
import { createContext, useContext, useMemo } from 'react'
import { type AuthorisedApi, authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'

export type FileAccess = Pick<RoomSession, 'freshToken'>

export const FileAccessContext = createContext<FileAccess | undefined>(undefined)

export function useFileAccess(): FileAccess {
  const access = useContext(FileAccessContext)
  if (!access) throw new Error('outside of a FileAccessContext')
  return access
}

export function useFileApi(): AuthorisedApi {
  const { api } = useTools()
  const access = useFileAccess()
  return useMemo(() => authorisedApi(api, access), [api, access])
}
