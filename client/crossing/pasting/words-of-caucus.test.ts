import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sideAudience } from '#shared/kernel/audience.ts'
import { asId, type SideId } from '#shared/kernel/ids.ts'
import { roomOfWords } from './words-of-caucus.ts'

const room = sideAudience(asId<SideId>('side'))
const SECRET = 'Если подождёте до мая, мы согласны и на 1 200 000 тенге, но только между нами.'
const apart = [{ audience: room, text: SECRET }]

describe('words that come from a private room', () => {
  it.each<[string, string]>([
    ['the whole message', SECRET],
    ['five words out of it', 'согласны и на 1 200'],
    ['words glued together, as some programs copy them', 'если подождётедомая мысогласны'],
    ['a run within other words', 'Предлагаем так: если подождёте до мая мы согласны. Спасибо!'],
    ['another case, other marks, blanks and lines', 'ЕСЛИ  подождёте\nдо мая — мы СОГЛАСНЫ'],
    ['decomposed letters', 'Если подождёте до мая, мы'.normalize('NFD')],
  ])('[CRO-40] %s: found', (_what, pasted) => {
    expect(roomOfWords(pasted, apart, [])).toBe(room)
  })

  it.each<[string, string, readonly string[]]>([
    ['four words', 'подождёте до мая, мы', []],
    ['the same words in another order', 'мы до мая подождёте, если согласны', []],
    ['what all have read already', SECRET, [`— ${SECRET}`]],
    ['what stands in the text already', 'Если подождёте до мая, мы согласны', [`3. ${SECRET}`]],
    ['nothing', '', []],
    ['marks alone', '— … — … — … — … —', []],
  ])('[CRO-40] %s: no alarm', (_what, pasted, shared) => {
    expect(roomOfWords(pasted, apart, shared)).toBeUndefined()
  })

  it('[CRO-40] whatever is put before and behind, the run is found; what has no run in common never is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, behind) => {
        expect(roomOfWords(`${before} ${SECRET} ${behind}`, apart, [])).toBe(room)
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.constantFrom('мы', 'до', 'мая', 'один', 'два', 'три'), { maxLength: 60 }), (words) => {
        expect(roomOfWords(words.join(' '), [{ audience: room, text: 'четыре пять шесть семь восемь девять' }], [])).toBeUndefined()
      }),
    )
  })

  it('[CRO-40] the room that holds the words is named, of several', () => {
    const other = sideAudience(asId<SideId>('other'))
    const rooms = [{ audience: other, text: 'Склад освободим к первому числу, как договорились' }, ...apart]
    expect(roomOfWords(SECRET, rooms, [])).toBe(room)
    expect(roomOfWords('склад освободим к первому числу', rooms, [])).toBe(other)
  })
})
