import type { ComponentProps } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { TellPlace } from './TellPlace.tsx'

const PLACE: Part<ComponentProps<typeof TellPlace>> = { groups: [], load: async () => (await import('./TellPlace.tsx')).TellPlace }

/** For a mediator alone. */
export function PlaceTold(props: ComponentProps<typeof TellPlace>) {
  return <QuietPart part={PLACE} props={props} />
}
