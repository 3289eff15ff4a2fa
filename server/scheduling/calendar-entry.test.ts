import { describe, expect, it } from 'vitest'
import { asId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import type { Meeting } from '#shared/scheduling/scheduling-state.ts'
import { calendarEntry } from './calendar-entry.ts'
import { meetingWords } from './meeting-words.ts'

const meeting: Meeting = {
  meetingId: asId('meeting'.padEnd(22, '_')),
  sequence: 0,
  at: Date.UTC(2026, 11, 5, 5),
  zone: 'Asia/Almaty',
  minutes: 90,
  place: { kind: 'online' },
  isCancelled: false,
  changedAt: Date.UTC(2026, 11, 1, 6, 30),
}

/** By RFC 5545, 3.1: lines end with CRLF and are folded by CRLF and a blank. */
function linesOf(content: string): readonly string[] {
  expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of content.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  return content
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter(Boolean)
}

const lineOf = (lines: readonly string[], name: string) =>
  lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1))

async function entry(more: Partial<Meeting> = {}) {
  const { method, content } = await calendarEntry({ ...meeting, ...more }, 'ru')
  return { method, lines: linesOf(content) }
}

describe('[PRE-6] the entry for a calendar', () => {
  it('[PRE-6] is what RFC 5545 asks for, and says nothing but when', async () => {
    const { method, lines } = await entry()
    expect(method).toBe('PUBLISH')
    const [uid] = lineOf(lines, 'UID')
    expect(lines).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Calendar//Meeting//EN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'SEQUENCE:0',
      'DTSTAMP:20261201T063000Z',
      'DTSTART:20261205T050000Z',
      'DTEND:20261205T063000Z',
      'SUMMARY:Встреча',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
    ])
    expect(uid).not.toContain(meeting.meetingId)
  })

  it('[PRE-6] keeps its id when the meeting is moved or cancelled, and raises its sequence each time', async () => {
    const [first, moved, cancelled] = await Promise.all([entry(), entry({ sequence: 1 }), entry({ sequence: 1, isCancelled: true })])
    const [other] = lineOf((await entry({ meetingId: asId('other'.padEnd(22, '_')) })).lines, 'UID')
    const uids = [first, moved, cancelled].flatMap(({ lines }) => lineOf(lines, 'UID'))
    expect(new Set(uids).size).toBe(1)
    expect(uids).not.toContain(other)
    expect([first, moved, cancelled].flatMap(({ lines }) => lineOf(lines, 'SEQUENCE'))).toEqual(['0', '1', '2'])
    expect([cancelled.method, ...lineOf(cancelled.lines, 'METHOD'), ...lineOf(cancelled.lines, 'STATUS')]).toEqual([
      'CANCEL',
      'CANCEL',
      'CANCELLED',
    ])
  })

  it('[PRE-6] names the place of a meeting in a house, and no number and no address of a page', async () => {
    const { lines } = await entry({ place: { kind: 'address', words: 'ул. Абая, 10; каб. 3' } })
    expect(lineOf(lines, 'LOCATION')).toEqual(['ул. Абая\\, 10\\; каб. 3'])
    for (const kind of ['online', 'phone'] as const) {
      expect(lineOf((await entry({ place: { kind, words: '+7 701 000 00 00' } })).lines, 'LOCATION')).toEqual([])
    }
  })
})

it('[PRE-8] the letters have the same words with the same values in three languages, and none is missing', () => {
  const values = { day: '05.12.2026', time: '10:00 (Asia/Almaty, UTC+5)', place: 'P', mediator: 'Ерлан Омаров' }
  for (const locale of LOCALES) {
    for (const about of ['fixed', 'moved', 'cancelled', 'day', 'hour'] as const) {
      const text = meetingWords(locale, `scheduling.mail.${about}.text`, values)
      for (const value of [values.day, values.time, values.mediator]) expect(text).toContain(value)
      expect(text.includes('\nP\n')).toBe(about !== 'cancelled')
      expect(meetingWords(locale, `scheduling.mail.${about}.subject`)).not.toMatch(/[{}]|Bitim/i)
    }
  }
})
