// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { boundExtensions } from '#shared/drafting/bound-editor.ts'
import { hostileSession } from './testing/hostile-session.ts'
import { openDraft, readDraft } from './workshop-tasks.ts'

/** 52 sessions of 100 hostile edits among honest ones; `npm run fuzz` does as many more as one likes. */
const SESSIONS = Number(process.env.FUZZ_SESSIONS ?? 52)
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1)
const EDITS = 100

/** As a device opens it: a copy of its own, and the editor's binding, which may take away what breaks the schema. */
function openInEditor(updates: readonly Uint8Array[]): { readonly text: string; readonly doc: Y.Doc } {
  const doc = openDraft({ updates })
  const editor = editorOf(doc)
  const text = JSON.stringify(editor.getJSON())
  editor.destroy()
  return { text, doc }
}

/** As a device lives through it, with the text on its screen. */
function hearInEditor([start, ...updates]: readonly Uint8Array[]): { readonly shown: object; readonly afresh: object } {
  const doc = openDraft({ updates: start ? [start] : [] })
  const editor = editorOf(doc)
  for (const update of updates) Y.applyUpdate(doc, update, 'server')
  const shown = editor.getJSON()
  editor.destroy()
  const another = editorOf(doc)
  const afresh = another.getJSON()
  another.destroy()
  return { shown, afresh }
}

function editorOf(document: Y.Doc): Editor {
  return new Editor({ extensions: boundExtensions(document), injectCSS: false })
}

describe('hostile edits among honest ones', () => {
  it.each([84, 100])('[DRA-114] where others’ edits leave the caret no place, the text is drawn all the same: %i', (seed) => {
    const { shown, afresh } = hearInEditor(hostileSession(seed, EDITS).updates)
    expect(shown).toEqual(afresh)
  })

  it('[DRA-105] what is accepted opens in the editor on every device, the same, and freezing answers', () => {
    let [hostile, accepted, differing, slowest] = [0, 0, 0, 0]
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SESSIONS; seed++) {
      const session = hostileSession(seed, EDITS)
      hostile += session.hostile
      accepted += session.accepted
      differing += session.differing
      const began = performance.now()
      const first = openInEditor(session.updates)
      const second = openInEditor(session.updates)
      expect(first.text, `seed ${seed}`).toBe(second.text)
      if (seed % 4 === 0) hearInEditor(session.updates)
      // What one editor took away, the other hears of, and the server reads.
      const settled = [...session.updates, Y.encodeStateAsUpdate(first.doc, Y.encodeStateVector(session.doc))]
      const read = readDraft({ updates: settled })
      expect(read.ok, `seed ${seed}`).toBe(true)
      if (read.ok) canonicalText(read.document)
      slowest = Math.max(slowest, performance.now() - began)
    }
    expect(hostile).toBeGreaterThanOrEqual(SESSIONS * EDITS * 0.98)
    expect(accepted).toBeGreaterThan(hostile / 4) // a judge that refuses everything proves nothing
    expect(differing).toBeLessThanOrEqual(SESSIONS / 50)
    expect(slowest).toBeLessThan(10_000)
  }, 600_000)
})
