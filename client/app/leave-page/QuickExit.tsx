// The way out that is always at hand for people of a side. It is explained once, on the first press; from then on it leaves at once, by the
// button or by three presses of Shift. Fetched behind the room: the button stands there once it is sure to work.
import { useCallback, useEffect, useState } from 'react'
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { ExitDialog } from './ExitDialog.tsx'
import { exitTold, useLeavePage } from './use-leave-page.ts'
import { watchExitKeys } from './watch-keys.ts'

export interface QuickExitShown {
  readonly client: CaseClient
  readonly me: ParticipantId
  /** What the button does; undefined when there is none any more. */
  readonly onReady: (press: (() => void) | undefined) => void
}

export function QuickExit({ client, me, onReady }: QuickExitShown) {
  const leave = useLeavePage(client, me)
  const [asking, setAsking] = useState(false)
  const press = useCallback(() => {
    if (exitTold.isTold()) return leave()
    exitTold.tell()
    setAsking(true)
  }, [leave])
  useEffect(() => {
    onReady(press)
    return () => onReady(undefined)
  }, [onReady, press])
  useEffect(() => watchExitKeys(document, () => exitTold.isTold() && leave()), [leave])
  return asking ? <ExitDialog onLeave={leave} onClose={() => setAsking(false)} /> : null
}
