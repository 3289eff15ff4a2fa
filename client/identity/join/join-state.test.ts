import { describe, expect, it } from 'vitest'
import { chromeAddress, wayOut } from './in-app-browser.ts'
import { codeRefused, looked, lookRefused } from './join-state.ts'
import { secretIn } from './use-link-secret.ts'

const ANDROID = 'Mozilla/5.0 (Linux; Android 13; SM-A135F'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

describe('joining', () => {
  const code = looked({ mediatorName: 'Ерлан Омаров', language: 'kk' })

  it('[JOI-4] every refusal of a code has its own state, and the field stays', () => {
    const refusedWith = (reason: string, details?: Record<string, number>) =>
      codeRefused(code, { kind: 'forbidden', reason, ...(details ? { details } : {}) })
    expect(refusedWith('identity/wrong-code', { left: 3 })).toMatchObject({ kind: 'code', notice: { kind: 'wrong', left: 3 } })
    for (const [reason, kind] of [
      ['identity/code-locked', 'locked'],
      ['identity/code-used', 'used'],
      ['identity/code-expired', 'expired'],
      ['identity/code-missing', 'missing'],
    ] as const) {
      expect(refusedWith(reason)).toMatchObject({ kind: 'code', notice: { kind } })
    }
    expect(codeRefused(code, { kind: 'offline' })).toMatchObject({ kind: 'code', notice: { kind: 'problem' } })
  })

  it('[JOI-8] mistyped, replaced and revoked links look the same; a lost connection is something else', () => {
    expect(lookRefused({ kind: 'not-found', reason: 'identity/link-unknown' })).toEqual({ kind: 'unknown-link' })
    expect(lookRefused({ kind: 'invalid', field: 'secret' })).toEqual({ kind: 'unknown-link' })
    expect(codeRefused(code, { kind: 'not-found', reason: 'identity/link-unknown' })).toEqual({ kind: 'unknown-link' })
    expect(lookRefused({ kind: 'offline' })).toEqual({ kind: 'unreachable', problem: { kind: 'offline' } })
    expect(lookRefused({ kind: 'too-many' })).toMatchObject({ kind: 'unreachable' })
  })

  it('[JOI-2] an empty fragment is no link', () => {
    expect(secretIn('')).toBeUndefined()
    expect(secretIn('#')).toBeUndefined()
    expect(secretIn('#abc')).toBe('abc')
  })

  it("[JOI-7] inside a messenger the way out is shown, in the person's own browser never", () => {
    expect(wayOut(`${ANDROID}; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36`)).toBe('chrome')
    expect(wayOut(`${ANDROID}) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Instagram 300.0`)).toBe('chrome')
    expect(wayOut(`${ANDROID}) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Telegram-Android/10.6`)).toBe('chrome')
    expect(wayOut(`${IPHONE} Mobile/15E148 Instagram 300.0`)).toBe('menu')
    expect(wayOut(`${IPHONE} Mobile/15E148`)).toBe('menu')
    expect(wayOut(`${IPHONE} Version/17.4 Mobile/15E148 Safari/604.1`)).toBeUndefined()
    expect(wayOut(`${ANDROID}) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36`)).toBeUndefined()
    expect(wayOut('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36')).toBeUndefined()
  })

  it('[JOI-7] the address for Chrome carries the whole link, its secret included', () => {
    expect(chromeAddress('https://bitim.kz/join#s3cret')).toBe(
      'intent://bitim.kz/join#s3cret#Intent;scheme=https;package=com.android.chrome;end',
    )
  })
})
