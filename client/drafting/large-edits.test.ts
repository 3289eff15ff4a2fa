// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { nodeOf } from '#shared/document/binding/block-node.ts'
import { boundExtensions } from '#shared/document/bound-editor.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, fragmentOf } from '#shared/document/yjs-document.ts'
import { MAX_EDIT_BYTES } from '#shared/drafting/draft-frames.ts'
import { base64 } from '#shared/kernel/bytes.ts'
import { editSize } from './editor/edit-size.ts'
import { blocksToInsert } from './pasting/insert-pasted.ts'
import { blocksFromText } from './pasting/pasted-blocks.ts'
import { MAX_LOSSES } from './stored-edits.ts'
import { Lane, setting, WHOSE } from './testing/lane.ts'
import { docOf } from './testing/open-editor.ts'

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
const LINE = 'Сторона обязуется исполнить обязательство в срок. '
/** Characters of base64 that the largest frame has. */
const LONGEST_FRAME = Math.ceil((MAX_EDIT_BYTES + 64) / 3) * 4
const KEY = `bitim:${WHOSE.caseId}:${WHOSE.participantId}:draft:`

describe('edits that are large together', () => {
  it('[DRA-96] six pastes made without a connection go out in frames that each fit, and are kept in such pieces', async () => {
    const { lane, text, deviceStorage, save } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    for (let i = 0; i < 6; i++) text().insert(0, LINE.repeat(560))
    for (const kept of deviceStorage.content.values()) expect(JSON.parse(kept).update.length).toBeLessThanOrEqual(LONGEST_FRAME)
    lane.become({ kind: 'live' })
    for (let i = 0; i < 8; i++) await settled()
    expect(lane.text).toBe(LINE.repeat(560 * 6))
    expect(lane.frames.length).toBeGreaterThan(1)
    expect(Math.max(...lane.frames)).toBeLessThanOrEqual(LONGEST_FRAME)
    expect(save().kind).toBe('saved')
    expect(lane.joins).toHaveLength(2)
  })

  it('[DRA-96] after the browser was killed the next page life brings them in, piece by piece', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    for (let i = 0; i < 6; i++) first.text().insert(0, LINE.repeat(560))
    const next = setting(new Lane(), first.deviceStorage)
    for (let i = 0; i < 12; i++) await settled()
    expect(next.lane.text).toBe(LINE.repeat(560 * 6))
    expect(Math.max(...next.lane.frames)).toBeLessThanOrEqual(LONGEST_FRAME)
    expect(first.deviceStorage.content.size).toBe(0)
  })
})

describe('one edit that is too large', () => {
  it('[DRA-97] is refused before anything of it is sent; what was written before goes out, its words are kept, the connection stays', async () => {
    const { lane, text, keptWords, session } = setting()
    await settled()
    lane.hold = true
    text().insert(0, 'до ')
    text().insert(0, LINE.repeat(24_000))
    text().insert(0, 'после')
    await settled()
    lane.release()
    for (let i = 0; i < 6; i++) await settled()
    expect(lane.text).toBe('до ')
    expect(text().toString()).toBe('до ')
    expect(keptWords.list()).toEqual([LINE.repeat(24_000).trim(), 'после'])
    expect(session.snapshot().refusal).toEqual({ kind: 'too-large', reason: 'drafting/edit-too-large' })
    expect(Math.max(...lane.frames)).toBeLessThan(1_000)
    expect(lane.joins).toHaveLength(2)
    expect(lane.state).toEqual({ kind: 'live' })
    session.told.forgetRefusal()
    expect(session.snapshot().refusal).toBeUndefined()
  })

  it('[DRA-223] taken back and done again, it goes out in pieces: the text and the connection stay', async () => {
    const { lane, text, save, session, keptWords } = setting()
    await settled()
    for (let i = 0; i < 4; i++) text().insert(0, LINE.repeat(1_500))
    for (let i = 0; i < 12; i++) await settled()
    const undo = new Y.UndoManager(text(), { captureTimeout: 0 })
    text().delete(0, text().length)
    for (let i = 0; i < 4; i++) await settled()
    expect(lane.text).toBe('')
    undo.undo()
    for (let i = 0; i < 12; i++) await settled()
    expect(lane.text).toBe(LINE.repeat(6_000))
    expect(Math.max(...lane.frames)).toBeLessThanOrEqual(LONGEST_FRAME)
    expect([save().kind, lane.joins.length, keptWords.list(), session.snapshot().refusal]).toEqual(['saved', 1, [], undefined])
  })

  it('[DRA-97] the editor does not even take it; a hundred pages still pass, and the estimate is not below what is sent', () => {
    const refused: string[] = []
    const doc = docOf([block('a', 'paragraph', 0)])
    let made = 0
    const sizes: number[] = []
    doc.on('update', (update: Uint8Array) => sizes.push(update.length))
    const editor = new Editor({
      extensions: [
        ...boundExtensions({ doc, language: 'ru', newId: () => `${'n'.repeat(16)}${++made}` }),
        editSize({ limit: MAX_EDIT_BYTES, onTooLarge: (words) => refused.push(words) }),
      ],
      injectCSS: false,
    })
    const paste = (text: string) => {
      const { state, view } = editor
      const nodes = blocksToInsert(blocksFromText(text)).map((each) => nodeOf(state.schema, each))
      view.dispatch(state.tr.replaceWith(0, state.doc.content.size, nodes))
    }
    const lines = (count: number, words: string) => Array(count).fill(words).join('\n')
    paste(lines(800, LINE.repeat(4)))
    expect(sizes).toEqual([])
    expect(refused.join().length).toBeGreaterThan(150_000)
    const numbered = Array.from({ length: 999 }, (_, index) => `${index + 1}. ${LINE}${LINE}`).join('\n')
    paste(numbered)
    expect(refused).toHaveLength(2)
    paste(lines(500, LINE.repeat(4)))
    expect(refused).toHaveLength(2)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_EDIT_BYTES)
    expect(editor.getText().length).toBeGreaterThan(100_000)
    editor.destroy()
  })
})

describe('what cannot be sent', () => {
  it('[DRA-223] a record that an earlier release kept as one update too large for a frame goes out in pieces, once', async () => {
    const doc = new Y.Doc()
    doc.clientID = 4_242
    appendBlocks(fragmentOf(doc, 'ru'), [block('a', 'paragraph', 0, LINE.repeat(3_200))])
    const deviceStorage = memoryDeviceStorage()
    deviceStorage.setItem(`${KEY}4242`, JSON.stringify({ generation: 1, update: base64(Y.encodeStateAsUpdate(doc)) }))
    const { lane, keptWords } = setting(new Lane(), deviceStorage)
    for (let i = 0; i < 8; i++) await settled()
    expect(Math.max(...lane.frames)).toBeLessThanOrEqual(LONGEST_FRAME)
    expect(fragmentOf(lane.doc, 'ru').toString()).toContain(LINE.repeat(3_200))
    expect([deviceStorage.content.size, keptWords.list()]).toEqual([0, []])
    const sent = lane.frames.length
    lane.become({ kind: 'offline', since: 0 })
    lane.become({ kind: 'live' })
    await settled()
    expect(lane.frames).toHaveLength(sent)
  })

  it('[DRA-98] a record that was refused for good is set aside; one that is refused for now stays', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'слова')
    const lane = new Lane()
    lane.refuse = { kind: 'unavailable', reason: 'drafting/not-saved' }
    const next = setting(lane, first.deviceStorage)
    for (let i = 0; i < 3; i++) await settled()
    expect(first.deviceStorage.content.size).toBe(1)
    lane.refuse = { kind: 'conflict', reason: 'drafting/gap' }
    lane.become({ kind: 'offline', since: 0 })
    lane.become({ kind: 'live' })
    for (let i = 0; i < 3; i++) await settled()
    expect(next.keptWords.list()).toEqual(['слова'])
    expect(first.deviceStorage.content.size).toBe(0)
  })

  it.each(['of this page', 'of an earlier one'])(
    '[DRA-98] an edit %s over which connection after connection is lost is kept for copying',
    async (whose) => {
      const lane = new Lane()
      const first = setting(lane)
      await settled()
      lane.become({ kind: 'offline', since: 0 })
      first.text().insert(0, 'слова')
      let world = first
      if (whose === 'of an earlier one') {
        world = setting(new Lane(), first.deviceStorage)
        world.lane.state = { kind: 'offline', since: 0 }
      }
      world.lane.losesConnectionOverEdits = true
      for (let i = 0; i < MAX_LOSSES + 4; i++) {
        world.lane.become({ kind: 'live' })
        for (let turn = 0; turn < 3; turn++) await settled()
        world.lane.become({ kind: 'offline', since: 0 })
      }
      expect(world.keptWords.list()).toEqual(['слова'])
      expect(world.lane.frames).toHaveLength(MAX_LOSSES)
      expect(world.deviceStorage.content.size).toBe(0)
    },
  )
})
