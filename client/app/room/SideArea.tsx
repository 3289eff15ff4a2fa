// The side of an open room, fetched where it stands beside the talk, or when its tab or its drawer is first opened.
import type { ComponentProps } from 'react'
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import type { RoomSide } from './RoomSide.tsx'
import { useWanted } from './use-wanted.ts'

const SIDE: Part<ComponentProps<typeof RoomSide>> = {
  groups: ['side'],
  load: async () => (await import('./RoomSide.tsx')).RoomSide,
}

interface SideAreaProps extends ComponentProps<typeof RoomSide> {
  readonly opened: boolean
}

export function SideArea({ opened, ...props }: SideAreaProps) {
  if (!useWanted(opened, 'three-parts')) return null
  return (
    <PartBoundary>
      <LazyPart part={SIDE} props={props} />
    </PartBoundary>
  )
}
