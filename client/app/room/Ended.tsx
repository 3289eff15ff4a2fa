// What is said above the rooms of a mediation that has ended. Fetched then: most visits come before it.
import { type ComponentProps, useMemo } from 'react'
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useCase } from '#client/rooms/use-room.ts'
import type { EndedNotice } from '#client/signing/EndedNotice.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'

const NOTICE: Part<ComponentProps<typeof EndedNotice>> = {
  groups: ['ended'],
  load: async () => (await import('#client/signing/EndedNotice.tsx')).EndedNotice,
}

export function Ended({ session }: { readonly session: RoomSession }) {
  const tools = useTools()
  const api = useMemo(() => authorisedApi(tools.api, session), [tools.api, session])
  if (!useCase().state.ended) return null
  return (
    <PartBoundary>
      <LazyPart part={NOTICE} props={{ api }} fallback={null} />
    </PartBoundary>
  )
}
