import { describe, expect, it } from 'vitest'
import { answerFrom, loadedAssets } from './answer-from.ts'

const SHELL = { origin: 'https://bitim.example', files: ['/index.html', '/icon.svg'] }
const ask = (path: string, options: { method?: string; navigates?: boolean } = {}) =>
  answerFrom({ method: options.method ?? 'GET', url: new URL(path, SHELL.origin).href, navigates: options.navigates ?? false }, SHELL)

describe('what the worker answers', () => {
  it.each(['/api/cases', '/api', '/socket.io/?EIO=4', '/files/abc', '/health', '/metrics', '/unknown'])(
    '[UI-40] %s goes to the network',
    (path) => {
      expect(ask(path)).toEqual({ from: 'network' })
    },
  )

  it.each(['/api/files/1', '/files/agreement', '/socket.io/', '/report.pdf'])('[UI-40] opening %s goes to the network', (path) => {
    expect(ask(path, { navigates: true })).toEqual({ from: 'network' })
  })

  it('[UI-40] whatever writes, and whatever is elsewhere, goes to the network', () => {
    expect(ask('/assets/a.js', { method: 'POST' })).toEqual({ from: 'network' })
    expect(ask('https://elsewhere.example/assets/a.js')).toEqual({ from: 'network' })
  })

  it('[UI-40] a page is the shell whatever its address, and the secret in the address is no key', () => {
    expect(ask('/join?x=1#secret', { navigates: true })).toEqual({ from: 'shell', path: '/join.html' })
    for (const path of ['/', '/room/c1', '/api-like']) {
      expect(ask(path, { navigates: true })).toEqual({ from: 'shell', path: '/index.html' })
    }
    expect(ask('/assets/a-1.js?secret')).toEqual({ from: 'shell', path: '/assets/a-1.js' })
    expect(ask('/icon.svg')).toEqual({ from: 'shell', path: '/icon.svg' })
  })

  it('[UI-40] of what a page has loaded the hashed files alone are kept, without what stands behind their path', () => {
    const origin = SHELL.origin
    const loaded = ['/assets/a-1.js', '/assets/b-2.js?secret', '/api/cases', '/socket.io/?EIO=4', '/join'].map((path) => `${origin}${path}`)
    expect(loadedAssets({ loaded: [...loaded, 'https://elsewhere.example/assets/c-3.js', 'nothing', 7] }, origin)).toEqual([
      '/assets/a-1.js',
      '/assets/b-2.js',
    ])
    for (const told of [undefined, null, 'take-over', {}, { loaded: '/assets/a-1.js' }]) expect(loadedAssets(told, origin)).toEqual([])
  })
})
