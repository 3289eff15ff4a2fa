import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { hearingWords } from './hearing-words.ts'

export function useHearingWords(room: RoomView): string {
  const t = useTexts()
  const f = useFormats()
  const called = useShortNames()
  return hearingWords(room, useCase().me, { t, f, called })
}
