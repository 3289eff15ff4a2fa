// Code that is fetched when it is first drawn. What cannot be fetched is a lost connection, or a newer version: the screen says which.
import { type ComponentType, lazy } from 'react'
import { Unreachable } from '#client/http/unreachable.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { isFetchFault } from './fault-of.ts'
import { fetchLostStyles } from './lost-styles.ts'

export type Load<Props extends object> = () => Promise<ComponentType<Props>>

/** Its styles are fetched again where they were lost. */
export function fetched<Props extends object>(load: Load<Props>): ComponentType<Props> {
  return lazy(() =>
    fetchedCode(async () => {
      const [component] = await Promise.all([load(), fetchLostStyles()])
      return { default: component }
    }),
  ) as unknown as ComponentType<Props> // a lazy component takes its component's props
}

/** Code that is fetched; rejects with what its loss means. */
export async function fetchedCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    if (!isFetchFault(cause)) throw cause
    throw (await isReplaced(document, () => window.fetch('/', { cache: 'no-store' })))
      ? new AppError({ kind: 'unsupported' }, { cause })
      : new Unreachable('not fetched', { cause })
  }
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
