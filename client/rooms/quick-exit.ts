import { createContext } from 'react'

/** The way out of the page for somebody who must not be seen on it; undefined where there is none. */
export const QuickExitContext = createContext<(() => void) | undefined>(undefined)
