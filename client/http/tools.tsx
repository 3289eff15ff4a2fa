// What every screen outside the room needs and nobody may take from the air: the way to the server, time, the device's storage.
import { createContext, type ReactNode, useContext } from 'react'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { Api } from './api.ts'

export type KeyStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface ToolParts {
  readonly api: Api
  readonly clock: Clock
  readonly timers: Timers
  /** Undefined where the browser keeps nothing. */
  readonly storage: KeyStore | undefined
}

export interface Tools extends ToolParts {
  /** Makes a thing on first use and then answers the same one; so a session's code is loaded only by the screens that need it. */
  once<T>(make: (tools: Tools) => T): T
}

export function createTools(parts: ToolParts): Tools {
  const made = new Map<unknown, unknown>()
  const tools: Tools = {
    ...parts,
    once<T>(make: (tools: Tools) => T): T {
      if (!made.has(make)) made.set(make, make(tools))
      return made.get(make) as T // stored under the very function that made it
    },
  }
  return tools
}

const ToolsContext = createContext<Tools | undefined>(undefined)

export function ToolsProvider({ tools, children }: { tools: Tools; children: ReactNode }) {
  return <ToolsContext value={tools}>{children}</ToolsContext>
}

export function useTools(): Tools {
  const tools = useContext(ToolsContext)
  if (!tools) throw new Error('outside of a ToolsProvider')
  return tools
}
