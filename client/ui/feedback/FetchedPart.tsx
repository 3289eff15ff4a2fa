import { type ComponentType, type ReactNode, Suspense, useState } from 'react'
import { fetched, type Load } from './fetched.ts'
import { Loading } from './states.tsx'

interface FetchedPartProps<Props extends object> {
  readonly load: Load<Props>
  readonly props: Props
  readonly fallback?: ReactNode
}

/**
 * A part of a screen. Built anew, it fetches anew what could not be fetched. What waits has to stand below what remembers the fetching:
 * React forgets the state of everything in a <Suspense> that was never shown, and would fetch without end.
 */
export function FetchedPart<Props extends object>({ load, props, fallback = <Loading /> }: FetchedPartProps<Props>) {
  const [Shown] = useState<ComponentType<Props>>(() => fetched(load))
  return (
    <Suspense fallback={fallback}>
      <Shown {...props} />
    </Suspense>
  )
}
