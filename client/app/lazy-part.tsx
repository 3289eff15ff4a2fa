// A part of a screen with its texts, fetched when it is first shown: whoever never gets that far does not pay for it.
import { type ComponentType, createContext, type ReactNode, Suspense, useContext, useState } from 'react'
import { Loading } from '#client/ui/feedback/states.tsx'
import { lazyRoute } from './lazy-route.ts'
import type { TextGroup } from './text-groups.ts'
import type { TextLoader } from './text-loading.ts'

export const TextLoaderContext = createContext<TextLoader | undefined>(undefined)

export interface Part<Props extends object> {
  readonly groups: readonly TextGroup[]
  readonly load: () => Promise<ComponentType<Props>>
}

interface LazyPartProps<Props extends object> {
  readonly part: Part<Props>
  readonly props: Props
  readonly fallback?: ReactNode
}

/**
 * Built anew, it fetches anew what could not be fetched. What waits has to stand below what remembers the fetching:
 * React forgets the state of everything in a <Suspense> that was never shown, and would fetch without end.
 */
export function LazyPart<Props extends object>({ part, props, fallback = <Loading /> }: LazyPartProps<Props>) {
  const texts = useContext(TextLoaderContext)
  if (!texts) throw new Error('outside of a TextLoaderContext')
  const [Shown] = useState<ComponentType<Props>>(() => lazyRoute(texts, part.groups, part.load))
  return (
    <Suspense fallback={fallback}>
      <Shown {...props} />
    </Suspense>
  )
}
