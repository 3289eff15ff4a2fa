import type { ComponentType } from 'react'
import { fetched, type Load } from '#client/ui/feedback/fetched.ts'
import type { TextGroup } from './text-groups.ts'
import type { TextLoader } from './text-loading.ts'

/** A route's code and its texts, fetched together when it is first shown. */
export function lazyRoute<Props extends object>(texts: TextLoader, groups: readonly TextGroup[], load: Load<Props>): ComponentType<Props> {
  return fetched(withTexts(texts, groups, load))
}

export function withTexts<Props extends object>(texts: TextLoader, groups: readonly TextGroup[], load: Load<Props>): Load<Props> {
  return async () => {
    const [component] = await Promise.all([load(), ...groups.map((group) => texts.need(group))])
    return component
  }
}
