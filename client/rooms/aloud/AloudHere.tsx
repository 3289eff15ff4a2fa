// Where reading aloud is offered: the room gives it, fetched when it is drawn, to whatever screen is within.
import { type ComponentType, createContext, useContext } from 'react'
import type { AloudPlace } from './ReadAloud.tsx'

export const AloudContext = createContext<ComponentType<AloudPlace> | undefined>(undefined)

/** Nothing where the screen stands outside of a room. */
export function AloudHere(place: AloudPlace) {
  const Aloud = useContext(AloudContext)
  return Aloud ? <Aloud {...place} /> : null
}
