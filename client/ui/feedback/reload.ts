import { createContext } from 'react'

/** How a screen has its page loaded anew; the page knows how to get the newest one. */
export const ReloadContext = createContext<() => void>(() => window.location.reload())
