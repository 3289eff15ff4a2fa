// What happened to the text, in the room whose events tell it: closed, opened again, refused, signed. A line says no more than its own event:
// who refused is said where that person said it, to whom they said it.
import type { ToldEvent, ToldEvents } from '#client/realtime/told-events.ts'
import type { Slice } from '#shared/log/fold.ts'
import { emptySeqMap } from '#shared/log/seq-map.ts'

export type TextEventKind =
  | { readonly kind: 'closed'; readonly code: string }
  | { readonly kind: 'not-closed' | 'opened' | 'signed' | 'withdrawn' | 'released' | 'paper' }
  | { readonly kind: 'recalled'; readonly reason: string }
  | { readonly kind: 'declined'; readonly reason: string | undefined }

export type TextEvent = ToldEvent<TextEventKind>

export const textEventsFold: Slice<ToldEvents<TextEventKind>> = { name: 'client-text-events', initial: emptySeqMap() }
