import { useEffect } from 'react'
import type { FormKeeper } from './form-keeper.ts'
import type { Keeping } from './kept-form.ts'

/** Whoever leaves a form takes nothing with them: what waits is sent at once, and a page that closes over it asks first. */
export function useLeavingWarning(keeper: FormKeeper, keeping: Keeping | undefined): void {
  const isWaiting = keeping !== undefined && keeping.kind !== 'saved'
  useEffect(() => {
    const leave = () => void keeper.flush()
    document.addEventListener('visibilitychange', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      leave()
    }
  }, [keeper])
  useEffect(() => {
    if (!isWaiting) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isWaiting])
}
