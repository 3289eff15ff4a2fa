// A mediator's way to report a child in danger: fetched when it is asked for, with its texts.
import { type ComponentProps, useMemo } from 'react'
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import type { Part } from '#client/app/lazy-part.tsx'
import type { ChildReport } from '#client/child-report/ChildReport.tsx'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'

const DIALOG: Part<ComponentProps<typeof ChildReport>> = {
  groups: ['child-report'],
  load: async () => (await import('#client/child-report/ChildReport.tsx')).ChildReport,
}

export function ChildReportDialog({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }) {
  const tools = useTools()
  const api = useMemo(() => authorisedApi(tools.api, session), [tools.api, session])
  return <LazyDialog part={DIALOG} props={{ api, onClose }} title={useTexts()('rooms.child')} />
}
