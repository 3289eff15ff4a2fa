import type { RefObject } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { ReadAloudShown } from '#client/rooms/aloud/ReadAloud.tsx'

const ALOUD: Part<ReadAloudShown> = {
  groups: ['aloud'],
  load: async () => (await import('#client/rooms/aloud/ReadAloud.tsx')).ReadAloud,
}

/** A button that reads what stands in `of` aloud, where the device has a voice of its own for the page's language. */
export function Aloud({ of }: { readonly of: RefObject<HTMLElement | null> }) {
  return <QuietPart part={ALOUD} props={{ of, speech: window.speechSynthesis }} />
}
