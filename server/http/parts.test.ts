import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceWords } from './device-words.ts'
import { createLog, errorForLog, limitAddress, shortAddress } from './log.ts'
import { isOwnOrigin } from './origin.ts'

describe('origins', () => {
  it.each([
    ['https://m.kz', 'https://m.kz', true],
    ['http://m.kz', 'https://m.kz', false],
    ['https://m.kz:8443', 'https://m.kz', false],
    ['https://m.kz.evil', 'https://m.kz', false],
    ['https://evil-m.kz', 'https://m.kz', false],
    ['https://m.kz/', 'https://m.kz', false],
    ['null', 'https://m.kz', false],
    ['', 'https://m.kz', false],
    ['http://localhost:80801', 'http://127.0.0.1:8080', false],
    ['http://localhost:8080', 'http://127.0.0.1:8080', true],
    ['http://[::1]:8080', 'http://localhost:8080', true],
    ['http://localhost:8081', 'http://localhost:8080', false],
    ['http://localhost', 'https://m.kz', false],
    ['http://127.0.0.2:8080', 'http://localhost:8080', false],
  ])('[HTTP-6] %s for %s: %s', (origin, publicUrl, own) => {
    expect(isOwnOrigin(origin, publicUrl)).toBe(own)
  })

  it('[HTTP-6] no text makes it throw', () => {
    fc.assert(fc.property(fc.string(), (origin) => isOwnOrigin(origin, 'https://m.kz') === (origin === 'https://m.kz')))
  })
})

describe('addresses and devices', () => {
  it('[HTTP-14] addresses are written as networks', () => {
    expect(['203.0.113.9', '::ffff:203.0.113.9', '2001:db8:1:2:3:4:5:6', '2001:db8::1', '::1', '', 'junk'].map(shortAddress)).toEqual([
      '203.0.113.0',
      '203.0.113.0',
      '2001:db8:1::',
      '2001:db8:0::',
      '0:0:0::',
      '',
      '',
    ])
  })

  it('[HTTP-13] an IPv6 network counts as one, IPv4 addresses each', () => {
    expect(limitAddress('2001:db8:1:2:3:4:5:6')).toBe(limitAddress('2001:db8:1:2:ffff::1'))
    expect(limitAddress('2001:db8:1:2::1')).not.toBe(limitAddress('2001:db8:1:3::1'))
    expect(limitAddress('2001:0DB8:0001:2::1')).toBe(limitAddress('2001:db8:1:2::9'))
    expect(limitAddress('::ffff:203.0.113.9')).toBe('203.0.113.9')
    expect(limitAddress('203.0.113.9:51234')).toBe('203.0.113.9')
    expect(limitAddress('[2001:db8:1:2::1]:443')).toBe(limitAddress('2001:db8:1:2::9'))
    expect(new Set(['', 'junk', 'x:'.repeat(4_000), '1.2.3.4.5'].map(limitAddress))).toEqual(new Set(['unknown']))
  })

  it.each([
    ['Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36', 'Chrome, Android'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari, iPhone',
    ],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 YaBrowser/24.10 Safari/537.36', 'Yandex, Windows'],
    ['<script>alert(1)</script>', ''],
    ['', ''],
  ])('[HTTP-18] %s is "%s"', (userAgent, words) => {
    expect(deviceWords(userAgent)).toBe(words)
  })

  it('[HTTP-14] what slips into a log by a telling name is taken out', () => {
    const lines: string[] = []
    createLog({ level: 'info', write: (line) => void lines.push(line) }).info(
      { secret: 'canary', password: 'canary', error: { token: 'canary', email: 'canary' }, ms: 3 },
      'x',
    )
    expect(lines.join()).not.toContain('canary')
    expect(lines.join()).toContain('"ms":3')
  })

  it('[HTTP-20] of an error the log carries kind and place, never its message, however it is written', () => {
    const said = 'Unexpected token in "canary first\n    at canary second (canary.ts:1:1)\n    at canary third"'
    const error = new TypeError(said, { cause: new Error(said) })
    expect(JSON.stringify(errorForLog(error))).not.toContain('canary')
    expect(errorForLog(error)).toMatchObject({ type: 'TypeError', at: expect.arrayContaining([expect.stringContaining('parts.test.ts')]) })
    error.message = 'changed since'
    expect(JSON.stringify(errorForLog(error))).not.toContain('canary')
  })
})
