// What letters about a meeting say: its day, time and place, who mediates, and nothing else.
import { wordsOf } from '#server/identity/delivery/words.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { MeetingPlace } from '#shared/scheduling/scheduling-protocol.ts'
import { fieldsOf, offsetName } from '#shared/scheduling/zone-time.ts'
import en from './texts/en.json' with { type: 'json' }
import kk from './texts/kk.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

export const meetingWords = wordsOf({ kk, ru, en })

/** `05.12.2026`, and `10:00 (Asia/Almaty, UTC+5)`: the zone is always said. */
export function whenWords(at: number, zone: string): { readonly day: string; readonly time: string } {
  const { day, time } = fieldsOf(at, zone)
  return { day: day.split('-').reverse().join('.'), time: `${time} (${zone}, ${offsetName(at, zone)})` }
}

export function placeWords(language: Locale, { kind, words }: MeetingPlace): string {
  if (kind === 'address') return meetingWords(language, 'scheduling.place.address', { address: words ?? '' })
  if (kind === 'phone') return meetingWords(language, 'scheduling.place.phone')
  return meetingWords(language, 'scheduling.place.online')
}
