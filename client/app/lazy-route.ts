import { type ComponentType, lazy } from 'react'
import { Unreachable } from '#client/http/unreachable.ts'
import { isFetchFault } from '#client/ui/feedback/fault-of.ts'
import { AppError } from '#shared/kernel/errors.ts'
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
    try {
      const [component] = await Promise.all([load(), fetchLostStyles(), ...groups.map((group) => texts.need(group))])
      return { default: component }
    } catch (cause) {
      if (!isFetchFault(cause)) throw cause
      throw (await isReplaced(document, () => window.fetch('/', { cache: 'no-store' })))
        ? new AppError({ kind: 'unsupported' }, { cause })
        : new Unreachable('not fetched', { cause })
    }
  }) as unknown as ComponentType<Props> // a lazy component takes its component's props
}

/** Whether the server gives out another version than this page is: what it cannot fetch, it will never fetch. */
export async function isReplaced(page: Document, fetchPage: () => Promise<Response>): Promise<boolean> {
  const own = page.querySelector('script[type="module"]')?.getAttribute('src')
  if (!own) return false
  try {
    const answer = await fetchPage()
    return answer.ok && !(await answer.text()).includes(own)
  } catch {
    return false // nobody can be asked: a lost connection, as far as one knows
  }
}
