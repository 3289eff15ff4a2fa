// @vitest-environment jsdom
// The session and the editor's real binding before a lane that has taken what no editor writes.
import { Editor } from '@tiptap/core'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { blocksOf } from '#shared/document/binding/block-node.ts'
import { boundExtensions } from '#shared/document/bound-editor.ts'
import { block, wordsOf as lettersOf } from '#shared/document/document-block.ts'
import { blockElement, fragmentOf } from '#shared/document/yjs-document.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { documentOfDraft } from './document-of-draft.ts'
import { HOSTILE } from './testing/hostile-updates.ts'
import { Lane, setting } from './testing/lane.ts'

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** As the panel does: an editor for as long as the text is whole, gone at once when it is not. */
function device(lane = new Lane(), deviceStorage = memoryDeviceStorage()) {
  const opened = setting(lane, deviceStorage)
  const { session } = opened
  let made = 0
  let bound: { doc: Y.Doc; editor: Editor } | undefined
  const drop = () => {
    bound?.editor.destroy()
    bound = undefined
  }
  const look = () => {
    const { doc, health, joined } = session.snapshot()
    if (bound && bound.doc !== doc) drop()
    if (bound || health.kind !== 'whole' || !joined) return
    bound = {
      doc,
      editor: new Editor({ extensions: boundExtensions({ doc, language: 'ru', newId: () => `n${++made}` }), injectCSS: false }),
    }
  }
  session.onUnfit(drop)
  session.subscribe(look)
  look()
  closing.push(() => {
    drop()
    session.close()
  })
  return { ...opened, editor: () => bound?.editor, health: () => session.snapshot().health }
}

/** An edit of somebody else, as the lane sends it round. */
function others(lane: Lane, update: Uint8Array): void {
  lane.updates.push(update)
  lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] })
}

const DRA91 = '[DRA-91] nothing goes out, nothing is healed, unsent words are kept for copying, the device stays in the draft'

describe('a lane that holds what the editor cannot show', () => {
  it.each(Object.keys(HOSTILE))(`${DRA91}: %s`, async (name) => {
    const { lane, editor, health, text, keptWords, session, save, deviceStorage, timers } = device()
    await settled()
    lane.hold = true
    text().insert(0, 'мои слова')
    others(lane, HOSTILE[name] ?? new Uint8Array())
    expect(health()).toEqual({ kind: 'aside', cause: 'foreign' })
    expect(editor()).toBeUndefined()
    expect(save()).toEqual({ kind: 'aside' })
    expect(keptWords.list()).toEqual(['мои слова'])
    const sent = lane.updates.length
    lane.release()
    for (let i = 0; i < 3; i++) {
      for (const run of timers.splice(0)) run()
      await settled()
    }
    // the frame that was under way before it came may arrive; after it nothing
    expect(lane.updates.length).toBeLessThanOrEqual(sent + 1)
    expect(lane.frames.length).toBe(1)
    expect(session.unsent !== 'nothing').toBe(false)
    expect(deviceStorage.content.size).toBe(0)
    expect(session.snapshot().joined).toBe(true)
    expect(readIn(session.snapshot().doc)).toContain('мои слова')
  })

  it.each(Object.keys(HOSTILE))('[DRA-90] who joins such a draft reads it, and others’ words go on arriving: %s', async (name) => {
    const lane = new Lane()
    lane.updates.push(HOSTILE[name] ?? new Uint8Array())
    const { editor, health, session, deviceStorage } = device(lane)
    await settled()
    expect(health()).toEqual({ kind: 'aside', cause: 'foreign' })
    expect(editor()).toBeUndefined()
    const writer = new Y.Doc()
    Y.applyUpdateV2(writer, lane.snapshot)
    const before = Y.encodeStateVector(writer)
    fragmentOf(writer, 'ru').insert(0, [blockElement(block('later', 'paragraph', 0, 'потом'))])
    others(lane, Y.encodeStateAsUpdate(writer, before))
    expect(readIn(session.snapshot().doc)).toContain('потом')
    expect(lane.frames).toEqual([])
    expect(deviceStorage.content.size).toBe(0)
  })

  it('[DRA-91] edits of an earlier page life wait on the device until the text can be shown', async () => {
    const first = device()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'вчера')
    const lane = new Lane()
    lane.updates.push(HOSTILE['a value in the list'] ?? new Uint8Array())
    const next = device(lane, first.deviceStorage)
    await settled()
    expect(lane.frames).toEqual([])
    expect(first.deviceStorage.content.size).toBe(1)
    lane.updates.length = 0
    next.session.openAgain()
    await settled()
    await settled()
    expect(next.health()).toEqual({ kind: 'whole' })
    expect(lane.text).toBe('вчера')
    expect(first.deviceStorage.content.size).toBe(0)
  })

  it('[DRA-94] a fault sets the text aside; opened again it comes fresh from the server, a returning connection does the same', async () => {
    const { lane, session, health, editor, text, keptWords } = device()
    await settled()
    lane.hold = true
    text().insert(0, 'моё')
    session.fail()
    expect(health()).toEqual({ kind: 'aside', cause: 'fault' })
    expect(editor()).toBeUndefined()
    expect(keptWords.list()).toEqual(['моё'])
    lane.release()
    const broken = session.snapshot().doc
    session.openAgain()
    await settled()
    expect(health()).toEqual({ kind: 'whole' })
    expect(session.snapshot().doc).not.toBe(broken)
    expect(editor()?.isEditable).toBe(true)
    session.fail()
    lane.become({ kind: 'offline', since: 0 })
    lane.become({ kind: 'live' })
    await settled()
    expect(health()).toEqual({ kind: 'whole' })
  })

  it('[DRA-99] when the server has begun the document anew, the old copy is dropped and its unsent words kept for copying', async () => {
    const { lane, session, text, keptWords, health, save } = device()
    await settled()
    others(lane, HOSTILE['letters in a block'] ?? new Uint8Array())
    expect(health().kind).toBe('aside')
    lane.updates.length = 0
    lane.updates.push(Y.encodeStateAsUpdate(new Y.Doc()))
    lane.anew = 3
    lane.send({ kind: 'rejoin', revision: 2 })
    await settled()
    await settled()
    expect(health()).toEqual({ kind: 'whole' })
    expect(save().kind).toBe('saved')
    text().insert(0, 'дальше')
    await settled()
    expect(lane.text).toBe('дальше')

    lane.become({ kind: 'offline', since: 0 })
    text().insert(0, 'без связи ')
    const old = session.snapshot().doc
    lane.anew = 9
    lane.become({ kind: 'live' })
    await settled()
    await settled()
    expect(session.snapshot().doc).not.toBe(old)
    expect(keptWords.list()).toEqual(['без связи'])
    expect(lane.joins.at(-1)?.haveRevision).toBe(0)
  })

  it.each([false, true])(
    '[DRA-176] begun anew by the mediator: the old copy is dropped whether or not words in it are unsent (%s)',
    async (unsent) => {
      const { lane, session, text, keptWords, save, editor } = device()
      await settled()
      text().insert(0, 'прежний текст')
      await settled()
      const old = session.snapshot().doc
      lane.hold = true
      if (unsent) text().insert(0, 'ещё не ушло ')
      // the server closes the old sequence behind a mark of another document, and another generation with it
      lane.updates.length = 0
      lane.updates.push(Y.encodeStateAsUpdate(new Y.Doc()))
      lane.anew = 3
      lane.generation = 2
      lane.send({ kind: 'rejoin', revision: 0 })
      lane.release()
      for (let turn = 0; turn < 6; turn++) await settled()
      expect(session.snapshot().doc).not.toBe(old)
      expect(readIn(session.snapshot().doc)).toBe('')
      expect(keptWords.list()).toEqual(unsent ? ['ещё не ушло'] : [])
      expect(editor()?.isEditable).toBe(true)
      expect([save().kind, session.snapshot().generation]).toEqual(['saved', 2])
      text().insert(0, 'дальше')
      await settled()
      expect(lane.text).toBe('дальше')
    },
  )
})

function readIn(doc: Y.Doc): string {
  return documentOfDraft(doc, 'ru').map(lettersOf).join('|')
}

describe('any structure, from anybody', () => {
  it('[DRA-90] nothing thrown, nothing written, shown or for reading (a seeded random test)', async () => {
    const random = new Random(2026)
    const ends = { whole: 0, aside: 0 }
    const element = () => {
      const made = new Y.XmlElement(random.below(12) === 0 ? 'clause' : 'block')
      if (random.below(3) > 0) made.insert(0, [new Y.XmlText('слово')])
      if (random.below(2) === 0)
        made.setAttribute('kind', ['clause', 'item', 'heading', 'chapter'][random.below(random.below(6) === 0 ? 4 : 3)] ?? '')
      if (random.below(2) === 0) made.setAttribute('depth', random.below(7) as unknown as string) // stored as they are
      if (random.below(3) === 0) made.setAttribute('continues', `b${random.below(3)}`)
      if (random.below(2) === 0) made.setAttribute('id', `b${random.below(4)}`)
      return made
    }
    for (let round = 0; round < 120; round++) {
      const { lane, health, session, editor, log } = device()
      log.mayWrite = false
      await settled()
      const writer = new Y.Doc()
      Y.applyUpdateV2(writer, lane.snapshot)
      for (let edit = 0; edit < 4; edit++) {
        const before = Y.encodeStateVector(writer)
        writer.transact(() => {
          const list = fragmentOf(writer, 'ru')
          const place = random.below(20) === 0 ? list.get(0) : list
          if (random.below(4) === 0 && list.length > 0) list.delete(random.below(list.length), 1)
          else if (place instanceof Y.XmlElement) place.insert(0, [new Y.XmlText('ещё')])
          else list.insert(random.below(list.length + 1), [element()])
        })
        others(lane, Y.encodeStateAsUpdate(writer, before))
      }
      const { kind } = health()
      ends[kind]++
      expect(editor() !== undefined).toBe(kind === 'whole')
      expect({ frames: lane.frames, unsent: session.unsent !== 'nothing' }).toEqual({ frames: [], unsent: false })
      const shared = documentOfDraft(session.snapshot().doc, 'ru')
      const shown = editor()?.state.doc
      if (shown && shared.length > 0) expect(blocksOf(shown)).toEqual(shared)
    }
    for (const count of Object.values(ends)) expect(count).toBeGreaterThan(3)
  })
})
