import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { filesIn, pruneFormerAssets } from './former-assets.mjs'

const MORNING = new Date('2026-11-28T08:00:00Z')
const later = (hours: number) => new Date(MORNING.getTime() + hours * 60 * 60 * 1000)

let dist: string
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'former-'))
  mkdirSync(join(dist, 'client/assets'), { recursive: true })
})
afterEach(() => rmSync(dist, { recursive: true, force: true }))

/** What the bundler leaves: its own files beside whatever lay there. */
function build(files: readonly string[], now: Date): void {
  for (const file of files) for (const ending of ['', '.br']) writeFileSync(join(dist, 'client', `${file}${ending}`), file)
  pruneFormerAssets(dist, new Set(files), now)
}
const plainFiles = () => filesIn(join(dist, 'client')).filter((name) => !name.endsWith('.br'))
const compressed = () => filesIn(join(dist, 'client')).filter((name) => name.endsWith('.br'))

it('[UI-80] what a build replaces stays for a day, in all its forms, and not for longer', () => {
  build(['index.html', 'assets/room-1.js', 'assets/base-1.js'], MORNING)
  build(['index.html', 'assets/room-2.js', 'assets/base-1.js'], later(1))
  expect(plainFiles()).toEqual(['assets/base-1.js', 'assets/room-1.js', 'assets/room-2.js', 'index.html'])
  expect(compressed()).toHaveLength(4)
  // the day begins when it was replaced, however often one builds after
  build(['index.html', 'assets/room-3.js', 'assets/base-1.js'], later(24))
  expect(plainFiles()).toContain('assets/room-1.js')
  build(['index.html', 'assets/room-3.js', 'assets/base-1.js'], later(25))
  expect(plainFiles()).toEqual(['assets/base-1.js', 'assets/room-2.js', 'assets/room-3.js', 'index.html'])
  build(['index.html', 'assets/room-3.js', 'assets/base-1.js'], later(48))
  expect(plainFiles()).toEqual(['assets/base-1.js', 'assets/room-3.js', 'index.html'])
  expect(compressed()).toHaveLength(3)
})

it('[UI-80] a file that comes back is replaced anew when it goes again; what has no number in its name goes at once', () => {
  build(['index.html', 'old.svg', 'assets/room-1.js'], MORNING)
  build(['index.html', 'assets/room-2.js'], later(1))
  expect(plainFiles()).not.toContain('old.svg')
  build(['index.html', 'assets/room-1.js'], later(20))
  build(['index.html', 'assets/room-2.js'], later(30))
  expect(plainFiles()).toContain('assets/room-1.js')
})
