// @vitest-environment jsdom
// A word that a keyboard still holds while others write: over the real session and the real editor, the other end of the line in the test.
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { block, wordsOf } from '#shared/document/document-block.ts'
import { appendBlocks, blockElements, fragmentOf, readBlocks, textOf } from '#shared/document/yjs-document.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { watchWriting } from './editor/watch-writing.ts'
import { Lane, setting, VERSION } from './testing/lane.ts'
import { openEditor } from './testing/open-editor.ts'

/** What was asked of the server is answered. */
const flush = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** Somebody's editor on a text of three clauses, and whoever writes there from elsewhere. */
async function desk(device = 77) {
  const lane = new Lane()
  const first = new Y.Doc()
  first.clientID = 1
  const clauses = ['Береке пишет здесь', 'Дала Жем платит', ''].map((words, index) => block(`b${index}`, 'clause', 1, words))
  appendBlocks(fragmentOf(first, 'ru'), clauses)
  lane.snapshot = Y.encodeStateAsUpdateV2(first)
  const { session, timers, keptWords, log } = setting(lane)
  await flush()
  const mine = openEditor(session.snapshot().doc)
  const { dom } = mine.editor.view
  document.body.append(dom)
  const stop = watchWriting(dom, session.frames.calm)
  const other = new Y.Doc()
  other.clientID = device
  const hand = (name: string) => dom.dispatchEvent(new CompositionEvent(name, { bubbles: true }))
  ends.push(() => {
    stop()
    mine.editor.destroy()
    dom.remove()
    session.close()
  })
  return {
    ...{ lane, session, timers, mine, hand, keptWords, log },
    /** The word that the keyboard holds, as the editor reads it from the screen. */
    hold(from: number, before: string, now: string): void {
      hand('compositionupdate')
      const { state, view } = mine.editor
      view.dispatch(state.tr.insertText(now, from, from + before.length))
    },
    /** Others write: at a place from the end of a clause, which nothing that is typed before it moves. */
    others(index: number, fromEnd: number, words: string): void {
      Y.applyUpdateV2(other, lane.snapshot)
      for (const update of lane.updates) Y.applyUpdate(other, update)
      const before = Y.encodeStateVector(other)
      const element = blockElements(fragmentOf(other, 'ru'))[index]
      const text = element && textOf(element)
      text?.insert(Math.max(0, text.length - fromEnd), words)
      const update = Y.encodeStateAsUpdate(other, before)
      lane.updates.push(update)
      lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] })
    },
    timeOver: () => {
      for (const run of timers.splice(0)) run()
    },
    shown: () => mine.outline(),
  }
}

describe('a word that is being composed', () => {
  it('[DRA-240] others’ words stay out of the editor until it is done; one’s own go out letter by letter meanwhile', async () => {
    const { mine, hand, hold, others, shown, timeOver, lane, session } = await desk()
    mine.caret(0)
    const from = mine.editor.state.selection.from
    hand('compositionstart')
    hold(from, '', ' қ')
    others(0, 99, 'КХ ')
    others(1, 0, ' вовремя')
    hold(from, ' қ', ' қол')
    await flush()
    expect(shown()).toEqual(['1 Береке пишет здесь қол', '2 Дала Жем платит', '3'])
    expect(session.snapshot().save.kind).toBe('saved')
    expect(linesOf(lane.doc)[0]).toContain(' қол')
    hold(from, ' қол', ' қолдау')
    hand('compositionend')
    timeOver()
    await flush()
    expect(shown()).toEqual(['1 КХ Береке пишет здесь қолдау', '2 Дала Жем платит вовремя', '3'])
    const { selection } = mine.editor.state
    expect([selection.empty, selection.$head.parent.textContent, selection.$head.parentOffset]).toEqual([
      true,
      'КХ Береке пишет здесь қолдау',
      'КХ Береке пишет здесь қолдау'.length,
    ])
  })

  it('[DRA-241] the text that one is shown, and can be ready for, goes no further than what has been let in', async () => {
    const { mine, hand, hold, others, session, timeOver } = await desk()
    mine.caret(0)
    hand('compositionstart')
    others(1, 0, ' сто')
    hold(mine.editor.state.selection.from, '', '!')
    await flush()
    const { revision } = session.snapshot()
    expect(revision).toBeLessThan(2)
    hand('compositionend')
    timeOver()
    await flush()
    expect(session.snapshot().revision).toBe(3)
  })

  it('[DRA-241] a connection that is back in the middle of a word brings what others wrote when the word is done', async () => {
    const { mine, hand, hold, others, lane, shown, timeOver } = await desk()
    mine.caret(2)
    const from = mine.editor.state.selection.from
    hand('compositionstart')
    hold(from, '', 'мер')
    await flush()
    lane.become({ kind: 'offline', since: 0 })
    others(2, 99, '30 күн — ')
    lane.become({ kind: 'live' })
    await flush()
    expect(shown()[2]).toBe('3 мер')
    hold(from, 'мер', 'мерзім')
    hand('compositionend')
    timeOver()
    await flush()
    expect(shown()[2]).toBe('3 30 күн — мерзім')
  })

  it('[DRA-242] closing ends the word: the closed text comes at once, and what was not saved of it is kept for copying', async () => {
    const { mine, hand, hold, others, lane, session, log, keptWords } = await desk()
    mine.caret(2)
    hand('compositionstart')
    others(1, 0, ' вовремя')
    lane.hold = true
    hold(mine.editor.state.selection.from, '', 'несақталған')
    await flush()
    lane.closed = VERSION
    lane.send({ kind: 'closed', versionId: VERSION, revision: lane.updates.length + 1 })
    expect(session.snapshot().closed).toBe(true)
    expect(linesOf(session.snapshot().doc)[1]).toBe('Дала Жем платит вовремя')
    log.frozen = true
    session.heedLog()
    expect(keptWords.list()).toEqual(['несақталған'])
    lane.release()
    await flush()
  })

  it.each([2, 0xffff_fff0])(
    '[DRA-306] what others write right behind a half of it stands behind the whole of it: by device %i',
    async (device) => {
      const { mine, hand, hold, others, shown, timeOver, lane } = await desk(device)
      mine.caret(2)
      const { from } = mine.editor.state.selection
      hand('compositionstart')
      hold(from, '', 'қол')
      await flush()
      others(2, 0, ' сто')
      others(2, 0, ' бір')
      hold(from, 'қол', 'қолдау')
      await flush()
      hand('compositionend')
      timeOver()
      mine.type('шы')
      await flush()
      expect(shown()[2]).toBe('3 қолдаушы сто бір')
      expect(linesOf(lane.doc)[2]).toBe('қолдаушы сто бір')
      mine.editor.commands.undo()
      mine.editor.commands.undo()
      await flush()
      expect(linesOf(lane.doc)[2]).toContain(' сто бір')
    },
  )

  it('[DRA-306] what somebody puts into a word on purpose stays where it was put, however long ago the word was written', async () => {
    const { mine, others, shown, lane } = await desk(2)
    mine.caret(2)
    mine.type('қолдау')
    await flush()
    others(2, 3, 'Х')
    others(2, 3, 'У')
    await flush()
    mine.type('!')
    await flush()
    expect(shown()[2]).toBe('3 қолХУдау!')
    expect(linesOf(lane.doc)[2]).toBe('қолХУдау!')
  })

  it('[DRA-306] a word that a keyboard goes on holding is put together when it lets go, and not before', async () => {
    const { mine, hand, hold, others, shown, timeOver } = await desk(2)
    mine.caret(2)
    const { from } = mine.editor.state.selection
    hand('compositionstart')
    hold(from, '', 'қол')
    await flush()
    others(2, 0, ' сто')
    hold(from, 'қол', 'қолдау')
    timeOver()
    expect(shown()[2]).toBe('3 қол стодау')
    hand('compositionend')
    mine.type('!')
    await flush()
    expect(shown()[2]).toBe('3 қолдау! сто')
  })

  it('[DRA-240] any order of others’ words and of a keyboard’s doings ends with the text that it would have without waiting', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const [waited, atOnce] = [await compose(seed, true), await compose(seed, false)]
      expect(waited.shown, `seed ${seed}`).toEqual(atOnce.shown)
      expect(waited.stored, `seed ${seed}`).toEqual(waited.shown)
      for (const word of waited.words) expect(waited.shown.join('|').split(word), `seed ${seed}: ${word}`).toHaveLength(2)
    }
  })
})

const linesOf = (doc: Y.Doc) => readBlocks(fragmentOf(doc, 'ru')).map(wordsOf)

const WORDS = ['қосымша', 'ғимарат', 'өтемақы', 'үйлесім', 'договорённость', 'съёмка']

/** The same doings with and without telling of the composition. */
async function compose(seed: number, tell: boolean) {
  const random = new Random(seed)
  const { mine, hand, hold, others, timeOver, lane } = await desk()
  const words = WORDS.filter(() => random.chance(0.5)).map((word) => `${word} `)
  mine.caret(0, 0)
  for (const word of words) {
    const { from } = mine.editor.state.selection
    if (tell) hand('compositionstart')
    let held = ''
    let start = from
    while (held !== word) {
      const next = word.slice(0, held.length + 1 + random.below(3))
      // without waiting the place may have been pushed on
      start = mine.editor.state.selection.from - held.length
      if (tell) hold(start, held, next)
      else mine.editor.view.dispatch(mine.editor.state.tr.insertText(next, start, start + held.length))
      held = next
      if (random.chance(0.4)) others(random.below(3), 0, random.pick([' сто', ' 30 күн', '!']))
      if (random.chance(0.15)) timeOver()
      if (random.chance(0.3)) await flush()
    }
    if (tell) hand('compositionend')
    if (random.chance(0.5)) timeOver()
  }
  timeOver()
  await flush()
  return { shown: mine.blocks().map(wordsOf), stored: linesOf(lane.doc), words: words.map((word) => word.trim()) }
}
