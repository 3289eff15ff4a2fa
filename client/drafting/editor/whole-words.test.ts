// @vitest-environment jsdom
// Two people write on behind one another's half words, each seeing the other's letters late.
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { block, wordsOf } from '#shared/document/document-block.ts'
import { fragmentOf, readBlocks } from '#shared/document/yjs-document.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { docOf, openEditor } from '../testing/open-editor.ts'

function writer(from: Y.Doc, clientId: number) {
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  const made = openEditor(doc)
  const sent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'line') sent.push(update)
  })
  return { ...made, doc, sent, lines: () => readBlocks(fragmentOf(doc, 'ru')).map(wordsOf) }
}

describe('words that two people write at one place', () => {
  it('[DRA-306] stay whole on both devices, which show the same and come to rest', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const random = new Random(seed)
      const first = docOf([block('a', 'clause', 1, '')])
      const [one, other] = [writer(first, 10 + 2 * random.below(9)), writer(first, 11 + 2 * random.below(9))]
      const carry = (from: typeof one, to: typeof one, most: number) => {
        for (const update of from.sent.splice(0, most)) Y.applyUpdate(to.doc, update, 'line')
      }
      one.caret(0)
      one.type('қол')
      carry(one, other, 9)
      const [mine, theirs] = [[...'дауды!'], [...'ТОЛЫҚ']]
      while (mine.length + theirs.length > 0) {
        const [writes, letters] = random.chance(0.5) ? [one, mine] : [other, theirs]
        // behind everything that they see, which may be a half of the other's word
        if (writes === other && letters.length === 5) other.caret(0)
        writes.type(letters.shift() ?? '')
        if (random.chance(0.3)) carry(one, other, 1 + random.below(2))
        if (random.chance(0.3)) carry(other, one, 1 + random.below(2))
      }
      for (let round = 0; round < 20; round++) {
        carry(one, other, 99)
        carry(other, one, 99)
      }
      expect([...one.sent, ...other.sent], `seed ${seed}`).toEqual([])
      expect(one.lines(), `seed ${seed}`).toEqual(other.lines())
      expect(one.outline(), `seed ${seed}`).toEqual(other.outline())
      expect(one.lines()[0], `seed ${seed}`).toBe('қолдауды!ТОЛЫҚ')
      one.editor.destroy()
      other.editor.destroy()
    }
  })
})
