import { useEffect } from 'react'
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useStore } from '#client/ui/state/use-store.ts'

/** Files that an earlier page left on this device go on as soon as the room opens, whichever room is shown. */
export function useKeptFiles(client: CaseClient, { freshToken }: Pick<RoomSession, 'freshToken'>): void {
  const live = useStore(client.connection).kind === 'live'
  useEffect(() => {
    if (!live || client.unsent.counted.state().waiting === 0) return
    let isOver = false
    Promise.all([import('#client/files/sending/uploads.ts'), import('#client/files/sending/tus-way.ts')]).then(
      ([{ createUploads }, { tusWay }]) => {
        if (!isOver) client.owned(createUploads).open(tusWay({ caseId: client.caseId, freshToken }))
      },
      () => undefined, // not fetched: with the next connection
    )
    return () => {
      isOver = true
    }
  }, [client, live, freshToken])
}
