// A hint for whoever writes where people of other sides read; fetched once they write.
import type { ComponentProps } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { useMayWrite } from '#client/messaging/use-may-write.ts'
import { useTalk } from '#client/messaging/use-talk.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import type { ToneHint } from '#client/tone/ToneHint.tsx'

const HINT: Part<ComponentProps<typeof ToneHint>> = {
  groups: ['tone'],
  load: async () => (await import('#client/tone/ToneHint.tsx')).ToneHint,
}

export function Tone({ room: { audience, kind } }: { readonly room: RoomView }) {
  const text = useTalk().words[audience] ?? ''
  const mayWrite = useMayWrite(audience)
  if (!mayWrite || text === '' || (kind !== 'joint' && kind !== 'group')) return null
  return <QuietPart part={HINT} props={{ text }} />
}
