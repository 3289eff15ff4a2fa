// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { blocksOf } from '#shared/document/binding/block-node.ts'
import { boundExtensions } from '#shared/document/bound-editor.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { fragmentOf, isSound, readBlocks } from '#shared/document/yjs-document.ts'
import { openDraft } from './draft-tasks.ts'
import { hostileSession } from './testing/hostile-session.ts'

/** 52 sessions of 100 hostile edits among honest ones; `npm run fuzz` does as many more as one likes. */
const SESSIONS = Number(process.env.FUZZ_SESSIONS ?? 52)
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1)
const EDITS = 100

/** As a device opens it: a copy of its own in the editor, into which opening writes nothing. */
function openInEditor(updates: readonly Uint8Array[]): readonly DocumentBlock[] {
  const doc = openDraft({ updates })
  const before = Y.encodeStateVector(doc)
  const shown = inEditor(doc, () => undefined)
  expect(Y.encodeStateVector(doc)).toEqual(before)
  expect(isSound(doc)).toBe(true)
  expect(shown).toEqual(readBlocks(fragmentOf(doc, 'ru')))
  return shown
}

/** As a device lives through it, with the text on its screen. */
function hearInEditor([start, ...updates]: readonly Uint8Array[]): void {
  const doc = openDraft({ updates: start ? [start] : [] })
  const shown = inEditor(doc, () => {
    for (const update of updates) Y.applyUpdate(doc, update, 'server')
  })
  expect(withoutPairs(shown)).toEqual(withoutPairs(readBlocks(fragmentOf(doc, 'ru'))))
}

/**
 * Something put between the two halves of one character makes Yjs write two replacement characters for them, of which no editor hears
 * until it opens the text again. Neither can be signed, and they are as long.
 */
function withoutPairs(blocks: readonly DocumentBlock[]): string {
  return JSON.stringify(blocks).replaceAll(/[\u{10000}-\u{10ffff}]/gu, '\ufffd\ufffd')
}

function inEditor(doc: Y.Doc, live: () => void): readonly DocumentBlock[] {
  let made = 0
  const editor = new Editor({ extensions: boundExtensions({ doc, language: 'ru', newId: () => `n${++made}` }), injectCSS: false })
  live()
  const shown = blocksOf(editor.state.doc)
  editor.destroy()
  return shown
}

describe('hostile edits among honest ones', () => {
  it.each([84, 100])('[DRA-114] whatever others’ edits leave of the caret’s place, the text is drawn as it stands: %i', (seed) => {
    hearInEditor(hostileSession(seed, EDITS).updates)
  })

  it('[DRA-105] what is accepted is of our grammar, opens in the editor on every device, the same, and freezing answers', () => {
    let [hostile, accepted, differing, slowest] = [0, 0, 0, 0]
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SESSIONS; seed++) {
      const began = performance.now()
      const session = hostileSession(seed, EDITS)
      hostile += session.hostile
      accepted += session.accepted
      differing += session.differing
      expect(openInEditor(session.updates), `seed ${seed}`).toEqual(openInEditor(session.updates))
      if (seed % 4 === 0) hearInEditor(session.updates)
      slowest = Math.max(slowest, performance.now() - began)
    }
    expect(hostile).toBeGreaterThanOrEqual(SESSIONS * EDITS * 0.98)
    expect(accepted).toBeGreaterThan(hostile / 4) // a judge that refuses everything proves nothing
    expect(differing).toBeLessThanOrEqual(SESSIONS / 50)
    expect(slowest).toBeLessThan(10_000)
  }, 900_000)
})
