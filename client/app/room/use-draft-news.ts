import { useEffect, useRef, useState } from 'react'
import { useSlice } from '#client/realtime/use-case.tsx'
import { draftFold } from '#shared/drafting/drafting-state.ts'

/** 1 when the text was closed or opened since it was last looked at here. */
export function useDraftNews(): number {
  const phase = useSlice(draftFold, 'all')?.phase.kind
  const first = useRef(phase)
  const [news, setNews] = useState(0)
  useEffect(() => {
    if (first.current !== undefined && phase !== undefined && first.current !== phase) setNews(1)
    first.current = phase
  }, [phase])
  return news
}
