import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, blockElement, blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import { PendingEdits } from './pending-edits.ts'
import { Lane, setting, VERSION } from './testing/lane.ts'
import { wordsIn, wordsStanding } from './written-words.ts'

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
const LINE = 'Сторона обязуется исполнить обязательство в срок.'

/** A text that the server has, and a page that writes into it without a connection. */
function writing() {
  const text = new Y.Doc()
  appendBlocks(fragmentOf(text, 'ru'), [
    block('a', 'paragraph', 0, 'Согласовано.'),
    block('b', 'paragraph', 0),
    block('c', 'paragraph', 0, 'Далее.'),
  ])
  const edits = new PendingEdits()
  const page = new Y.Doc()
  Y.applyUpdate(page, Y.encodeStateAsUpdate(text))
  page.on('update', (update: Uint8Array) => edits.add(update))
  const list = fragmentOf(page, 'ru')
  const lineAt = (at: number) => {
    const found = blockElements(list)[at]
    const line = found && textOf(found)
    if (!line) throw new Error('as it was made above')
    return line
  }
  /** As the editor pastes several lines into an empty one: those behind the first before it, so that nothing has to be moved. */
  const paste = (lines: readonly string[]) =>
    page.transact(() => {
      list.insert(
        2,
        lines.slice(1).map((words, at) => blockElement(block(`p${at}`, 'paragraph', 0, words))),
      )
      lineAt(1).insert(0, lines[0] ?? '')
    })
  return { text, page, edits, list, lineAt, paste, pieces: () => edits.pieces() }
}

describe('words kept for copying', () => {
  it.each([3, 400])('[DRA-221] of a paste of %i lines stand once, in the order of the text', (count) => {
    const { text, page, paste, pieces } = writing()
    const lines = Array.from({ length: count }, (_, at) => `${at + 1}. ${LINE}`)
    paste(lines)
    expect(wordsStanding(page, pieces())).toBe(lines.join('\n'))
    expect(wordsIn(pieces(), text)).toBe(lines.join('\n'))
  })

  it('[DRA-221] what was typed, taken away and typed again stands once', () => {
    const { text, page, lineAt, pieces } = writing()
    lineAt(1).insert(0, 'один три')
    lineAt(1).insert(5, 'два ')
    lineAt(1).delete(0, 5)
    lineAt(1).insert(0, 'один ')
    expect(wordsStanding(page, pieces())).toBe('один два три')
    expect(wordsIn(pieces(), text)).toBe('один два три')
  })

  it('[DRA-221] words at several places of others’ text stand apart, without the others’ words', () => {
    const { text, lineAt, pieces } = writing()
    lineAt(2).insert(6, ' потом')
    lineAt(0).insert(12, ' да')
    lineAt(0).insert(0, 'всё')
    expect(wordsIn(pieces(), text)).toBe('всё да\nпотом')
  })

  it('[DRA-221] words whose place nobody knows any more stand behind the others, without what was taken away again', () => {
    const { page, list, lineAt, pieces } = writing()
    lineAt(1).insert(0, 'осталось')
    lineAt(2).insert(0, 'пропало')
    lineAt(2).delete(0, 3)
    const others = new Y.Doc()
    Y.applyUpdate(others, Y.encodeStateAsUpdate(page))
    fragmentOf(others, 'ru').delete(2, 1)
    expect(list.length).toBe(3)
    expect(wordsIn(pieces(), others)).toBe('осталось\nпало')
    expect(wordsIn(pieces())).toBe('осталось пало')
  })

  it('[DRA-221] of several pages stand in the order of the text, whichever page wrote first', () => {
    const first = writing()
    const second = new Y.Doc()
    Y.applyUpdate(second, Y.encodeStateAsUpdate(first.text))
    const before = Y.encodeStateVector(second)
    const [line] = blockElements(fragmentOf(second, 'ru'))
    if (line) textOf(line)?.insert(0, 'первое')
    first.lineAt(2).insert(0, 'второе')
    expect(wordsIn([...first.pieces(), Y.encodeStateAsUpdate(second, before)], first.text)).toBe('первое\nвторое')
  })

  it('[DRA-221] of all page lives that are given up are kept together, once', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'раз')
    const later = new Lane()
    later.refuse = { kind: 'unavailable', reason: 'drafting/not-saved' }
    const second = setting(later, first.deviceStorage)
    for (let i = 0; i < 3; i++) await settled()
    second.lane.become({ kind: 'offline', since: 0 })
    second.text().insert(0, 'два')
    await settled()
    const lane = new Lane()
    lane.closed = VERSION
    const third = setting(lane, memoryDeviceStorage(first.deviceStorage.disk))
    third.log.frozen = true
    for (let i = 0; i < 3; i++) await settled()
    const [words, ...more] = third.keptWords.list()
    expect(['раздва', 'двараз']).toContain(words) // both were written at one place
    expect(more).toEqual([])
    expect(third.deviceStorage.content.size).toBe(0)
  })

  it('[DRA-221] a page whose text is closed meanwhile keeps its words once', async () => {
    const { lane, session, keptWords } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    const { doc } = session.snapshot()
    const list = fragmentOf(doc, 'ru')
    doc.transact(() => {
      list.insert(1, [blockElement(block('x', 'paragraph', 0, 'Абзац два.')), blockElement(block('y', 'paragraph', 0, 'Абзац три.'))])
      const [element] = blockElements(list)
      if (element) textOf(element)?.insert(0, 'Абзац один.')
    })
    lane.generation = 2
    lane.become({ kind: 'live' })
    for (let i = 0; i < 3; i++) await settled()
    expect(keptWords.list()).toEqual(['Абзац один.\nАбзац два.\nАбзац три.'])
  })
})
