import { useEffect, useRef, useState } from 'react'
import { useSlice } from '#client/realtime/use-case.tsx'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { restoringFold } from '#shared/drafting/restoring-state.ts'

/** 1 when the text was closed or opened, lost many lines or was brought back since it was last looked at here. */
export function useDraftNews(looking: boolean): number {
  const phase = useSlice(draftFold, 'all')?.phase.kind
  const told = useSlice(restoringFold, 'all')
  const now = phase && `${phase} ${told?.deletions.length} ${told?.restored.length}`
  const first = useRef(now)
  const [news, setNews] = useState(0)
  useEffect(() => {
    if (looking) setNews(0)
    else if (first.current !== undefined && now !== undefined && first.current !== now) setNews(1)
    first.current = now
  }, [now, looking])
  return news
}
