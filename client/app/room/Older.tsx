// The way to what was said before the held part of a conversation; only a long one needs it.
import type { ComponentProps } from 'react'
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import type { OlderWords } from '#client/messaging/OlderWords.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'

const OLDER: Part<ComponentProps<typeof OlderWords>> = {
  groups: ['older'],
  load: async () => (await import('#client/messaging/OlderWords.tsx')).OlderWords,
}

export function Older(props: ComponentProps<typeof OlderWords>) {
  return (
    <PartBoundary>
      <LazyPart part={OLDER} props={props} fallback={null} />
    </PartBoundary>
  )
}
