import { useMemo } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { type ReaderWords, readerWords } from './readers.ts'

export function useReaders(room: RoomView): ReaderWords {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const called = useShortNames()
  const otherSides = Math.max(1, (state.facts?.sides.length ?? 2) - 1)
  return useMemo(() => readerWords(room, me, { t, f, called, otherSides }), [room, me, t, f, called, otherSides])
}
