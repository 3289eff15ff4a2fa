import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { AloudPlace, ReadAloudShown } from '#client/rooms/aloud/ReadAloud.tsx'

const ALOUD: Part<ReadAloudShown> = {
  groups: ['aloud'],
  load: async () => (await import('#client/rooms/aloud/ReadAloud.tsx')).ReadAloud,
}

/** A button that reads aloud, where the device has a voice of its own for the language. */
export function Aloud(place: AloudPlace) {
  return <QuietPart part={ALOUD} props={{ ...place, speech: window.speechSynthesis }} />
}
