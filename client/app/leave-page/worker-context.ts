import { createContext } from 'react'
import type { UpdateWatch } from '#client/app/update-watch.ts'

/** The service worker that this page has asked for. */
export const WorkerContext = createContext<UpdateWatch['registered']>(() => undefined)
