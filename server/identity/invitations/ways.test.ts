import { describe, expect, it } from 'vitest'
import { CODE_WAYS, type CodeWay } from '#shared/identity/code-ways.ts'
import { LINK_WAYS, type LinkWay, linkMayGo } from '#shared/identity/invitation-protocol.ts'
import { codeMayGo, linkWays, openCodeWays } from './ways.ts'

const OPEN: Record<LinkWay, readonly CodeWay[]> = {
  mail: ['read-out', 'sms'],
  sms: ['read-out', 'mail'],
  share: ['read-out'],
  copy: ['read-out'],
  whatsapp: ['read-out'],
  telegram: ['read-out'],
  qr: ['read-out', 'sms', 'mail'],
  slip: ['read-out', 'sms', 'mail'],
}

describe('link and code', () => {
  it.each(LINK_WAYS)('[IDE-19] a link by %s leaves the code only ways that do not meet it, and the reverse', (link) => {
    for (const code of CODE_WAYS) {
      expect(codeMayGo(code, [link])).toBe(OPEN[link].includes(code))
      expect(linkMayGo(link, code)).toBe(OPEN[link].includes(code))
    }
    expect(linkMayGo(link, undefined)).toBe(true)
    expect(openCodeWays([link], () => true)).toEqual(OPEN[link])
  })

  it('[IDE-19] every way the present link went counts, those of void links do not', () => {
    const ways = linkWays(
      [
        { at: 1, what: 'link', way: 'mail' },
        { at: 2, what: 'code', way: 'sms' },
        { at: 3, what: 'link', way: 'sms' },
        { at: 4, what: 'link', way: 'qr' },
      ],
      2,
    )
    expect(ways).toEqual(['sms', 'qr'])
    expect(openCodeWays(ways, () => true)).toEqual(['read-out', 'mail'])
    expect(openCodeWays([], (way) => way !== 'sms')).toEqual(['read-out', 'mail'])
  })
})
