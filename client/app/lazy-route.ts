import { type ComponentType, lazy } from 'react'
import { fetchLostStyles } from './lost-styles.ts'
import type { TextGroup } from './text-groups.ts'
import type { TextLoader } from './text-loading.ts'

/** A route's code and its texts, fetched together when it is first shown, and its styles again where they were lost. */
export function lazyRoute<Props extends object>(
  texts: TextLoader,
  groups: readonly TextGroup[],
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return lazy(async () => {
    const [component] = await Promise.all([load(), fetchLostStyles(), ...groups.map((group) => texts.need(group))])
    return { default: component }
  }) as unknown as ComponentType<Props> // a lazy component takes its component's props
}
