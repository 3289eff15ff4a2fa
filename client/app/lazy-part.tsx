// A part of a screen with its texts, fetched when it is first shown: whoever never gets that far does not pay for it.
import { type ComponentType, createContext, useContext, useState } from 'react'
import { lazyRoute } from './lazy-route.ts'
import type { TextGroup } from './text-groups.ts'
import type { TextLoader } from './text-loading.ts'

export const TextLoaderContext = createContext<TextLoader | undefined>(undefined)

/** The answer is shown under a <Suspense>. `load` and `groups` are read once. */
export function useLazyPart<Props extends object>(
  groups: readonly TextGroup[],
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const texts = useContext(TextLoaderContext)
  if (!texts) throw new Error('outside of a TextLoaderContext')
  const [Part] = useState<ComponentType<Props>>(() => lazyRoute(texts, groups, load))
  return Part
}
