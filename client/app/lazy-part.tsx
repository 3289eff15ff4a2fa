// A part of a screen with its texts, fetched when it is first shown: whoever never gets that far does not pay for it.
import { createContext, type ReactNode, useContext } from 'react'
import { FetchedPart } from '#client/ui/feedback/FetchedPart.tsx'
import type { Load } from '#client/ui/feedback/fetched.ts'
import { withTexts } from './lazy-route.ts'
import type { TextGroup } from './text-groups.ts'
import type { TextLoader } from './text-loading.ts'

export const TextLoaderContext = createContext<TextLoader | undefined>(undefined)

export interface Part<Props extends object> {
  readonly groups: readonly TextGroup[]
  readonly load: Load<Props>
}

interface LazyPartProps<Props extends object> {
  readonly part: Part<Props>
  readonly props: Props
  readonly fallback?: ReactNode
}

export function LazyPart<Props extends object>({ part, ...shown }: LazyPartProps<Props>) {
  return <FetchedPart load={useLoadWithTexts(part)} {...shown} />
}

export function useLoadWithTexts<Props extends object>({ groups, load }: Part<Props>): Load<Props> {
  const texts = useContext(TextLoaderContext)
  if (!texts) throw new Error('outside of a TextLoaderContext')
  return withTexts(texts, groups, load)
}
