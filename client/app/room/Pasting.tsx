// Asks before words of a private room are pasted where all read them; fetched once the room is open.
import type { ComponentProps } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { PasteGuard } from '#client/crossing/pasting/PasteGuard.tsx'

/** The field of the joint session, and the draft. */
const READ_BY_ALL = '.ui-composer[data-who="joint"], .app-draft'

const GUARD: Part<ComponentProps<typeof PasteGuard>> = {
  groups: ['paste'],
  load: async () => (await import('#client/crossing/pasting/PasteGuard.tsx')).PasteGuard,
}

export function Pasting() {
  return <QuietPart part={GUARD} props={{ where: READ_BY_ALL }} />
}
