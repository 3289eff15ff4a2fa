import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldsOf, instantOf, offsetName } from './zone-time.ts'
import { isZone } from './zones.ts'

const at = (iso: string) => Date.parse(iso)

describe('[PRE-5] days and times in a zone', () => {
  it.each([
    ['2026-12-05', '10:00', 'Asia/Almaty', '2026-12-05T05:00Z'],
    ['2027-01-01', '00:30', 'Asia/Almaty', '2026-12-31T19:30Z'],
    ['2026-07-01', '10:00', 'Europe/Berlin', '2026-07-01T08:00Z'],
    ['2026-12-01', '10:00', 'Europe/Berlin', '2026-12-01T09:00Z'],
    ['2026-12-05', '10:00', 'Asia/Kathmandu', '2026-12-05T04:15Z'],
    // the hour that comes twice is the first of the two
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30Z'],
  ])('[PRE-5] %s %s in %s is %s', (day, time, zone, iso) => {
    expect(instantOf(day, time, zone)).toBe(at(iso))
    expect(fieldsOf(at(iso), zone)).toEqual({ day, time })
  })

  it('[PRE-5] an hour that the clocks leave out is no time, and neither is what is no day', () => {
    expect(instantOf('2026-03-29', '02:30', 'Europe/Berlin')).toBeUndefined()
    for (const [day, time] of [
      ['', '10:00'],
      ['2026-13-01', '10:00'],
      ['2026-12-05', ''],
      ['2026-12-05', '25:00'],
    ] as const) {
      expect(instantOf(day, time, 'Asia/Almaty')).toBeUndefined()
    }
  })

  it('[PRE-5] any instant read in a zone and written back is a time with the same day and hour', () => {
    const zones = fc.constantFrom('Asia/Almaty', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC')
    const minutes = fc.integer({ min: Date.UTC(2026, 0) / 60_000, max: Date.UTC(2036, 0) / 60_000 })
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const fields = fieldsOf(minute * 60_000, zone)
        const again = instantOf(fields.day, fields.time, zone)
        // the second of two equal hours becomes the first
        expect(again).toBeDefined()
        expect(fieldsOf(again ?? 0, zone)).toEqual(fields)
        expect(minute * 60_000 - (again ?? 0)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('[PRE-5] names the zone by its distance, and knows no zone that is none', () => {
    expect(offsetName(at('2026-12-05T05:00Z'), 'Asia/Almaty')).toBe('UTC+5')
    expect(offsetName(at('2026-12-05T05:00Z'), 'America/St_Johns')).toBe('UTC−3:30')
    expect([isZone('Asia/Almaty'), isZone('Asia/Atlantis'), isZone('')]).toEqual([true, false, false])
  })
})
