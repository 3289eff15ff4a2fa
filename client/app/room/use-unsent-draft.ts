import { useEffect } from 'react'
import { useCaseClient, useConnectionState } from '#client/realtime/use-case.tsx'
import { settlementOf } from '#shared/document/case-documents.ts'

/** Edits of the draft that an earlier page left on this device go out as soon as the room opens, whether or not anybody looks at the draft. */
export function useUnsentDraft(): void {
  const client = useCaseClient()
  const live = useConnectionState().kind === 'live'
  useEffect(() => {
    if (!live || !client.unsent.any.state()) return
    let stop: (() => void) | undefined
    let over = false
    import('#client/drafting/document-sessions.ts').then(
      ({ documentSessions }) => {
        if (!over) stop = client.owned(documentSessions).watch(settlementOf(client.caseId), () => undefined)
      },
      () => undefined, // not fetched: with the next connection
    )
    return () => {
      over = true
      stop?.()
    }
  }, [client, live])
}
