// Apart from what reads it: the page around every screen holds the choice, and must not fetch a composer's code for it.
import { createContext } from 'react'

export interface EnterChoice {
  readonly sends: boolean
  readonly choose: (sends: boolean) => void
}

export const EnterContext = createContext<EnterChoice>({ sends: true, choose: () => undefined })
