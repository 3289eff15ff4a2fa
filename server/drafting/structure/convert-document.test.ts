import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { block, wordsOf } from '#shared/document/document-block.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import { canonicalDraft, compactDraft, convertDraft, openDraft, readDraft } from '../draft-tasks.ts'
import { br, clause, h, list, OLD_LIST, type OldNode, oldCanonicalText, oldDoc, oldUpdate, p, t } from '../testing/old-document.ts'
import { type WrittenStruct, writeUpdate } from '../testing/write-update.ts'
import { decodeStructure } from './structure-codec.ts'

const language = 'ru'

function converted(...updates: Uint8Array[]) {
  const { update, ...more } = convertDraft({ updates, language })
  const read = readDraft({ snapshot: update, updates: [], language })
  if (!read.ok) throw new Error(read.fault)
  return { ...more, update, blocks: read.blocks }
}

describe('a document of the form before', () => {
  it('[DRA-120] becomes blocks: clauses and what is in them by their level, points, line breaks, marks', () => {
    const { blocks } = converted(
      oldUpdate(
        oldDoc(
          h(1, 'Келісім'),
          p('Алматы,', br, '2026'),
          clause(
            'c1',
            p(t('Плата ', 'bold'), '500 ₸'),
            p('Срок.'),
            list([p('а'), p('б')], [p('в')]),
            clause('c2', p('Подпункт')),
            p('Конец.'),
          ),
          clause('c3', p('Второй')),
        ),
      ),
    )
    expect(blocks).toEqual([
      block('b1', 'heading', 1, 'Келісім'),
      block('b2', 'paragraph', 0, 'Алматы,\n2026'),
      {
        ...block('c1', 'clause', 1),
        runs: [
          { text: 'Плата ', marks: ['bold'] },
          { text: '500 ₸', marks: [] },
        ],
      },
      block('b3', 'paragraph', 1, 'Срок.'),
      block('b4', 'item', 1, 'а\nб'),
      block('b5', 'item', 1, 'в'),
      block('c2', 'clause', 2, 'Подпункт'),
      block('b6', 'paragraph', 1, 'Конец.'),
      block('c3', 'clause', 1, 'Второй'),
    ])
  })

  it('[DRA-120] gives the same canonical text, to the byte, whenever it had one', () => {
    let [valid, all] = [0, 0]
    fc.assert(
      fc.property(arbitraryDocument(), (document) => {
        const before = oldCanonicalText(document)
        const { snapshot, ...text } = {
          snapshot: convertDraft({ updates: [oldUpdate(document)], language }).update,
          updates: [],
          language,
        } as const
        const after = canonicalDraft({ snapshot, ...text })
        all++
        if (before === undefined) return
        valid++
        expect(after).toEqual({ ok: true, text: before })
      }),
      { numRuns: 500 },
    )
    expect(valid).toBeGreaterThan(all / 3)
  }, 60_000)

  it('[DRA-121] clauses keep their ids; a missing or doubled one is made anew, the same on every machine', () => {
    const update = oldUpdate(oldDoc(clause('same', p('A')), clause('same', p('B')), clause(null, p('C')), clause('b1', p('D'))))
    const { blocks } = converted(update)
    expect(blocks.map(({ id }) => id)).toEqual(['same', 'b2', 'b3', 'b1'])
    expect(converted(update).update).toEqual(converted(update).update)
  })

  it('[DRA-121] what stood under the template’s headings says which duty it serves', () => {
    const { blocks } = converted(
      oldUpdate(
        oldDoc(
          h(1, 'Соглашение об урегулировании спора (конфликта)'),
          p('Петропавловск, 22 ноября 2026 года'),
          h(2, 'Стороны'),
          p('Сторона 1'),
          h(2, 'Обязательства, о которых договорились стороны'),
          clause('c1', p('Платит.'), list([p('частями')])),
          h(3, 'Подробно'),
          clause('c2', p('Каждый месяц.')),
          h(2, 'Прочее'),
          p('Слова.'),
        ),
      ),
    )
    expect(blocks.map(({ part }) => part)).toEqual([
      undefined,
      'place-and-date',
      undefined,
      'parties',
      undefined,
      'obligations',
      'obligations',
      undefined,
      'obligations',
      undefined,
      undefined,
    ])
  })

  it('[DRA-122] is written by the server alone, with all that later edits are judged by', () => {
    const { update, structure, state } = converted(oldUpdate(oldDoc(p('Слова')), 77))
    expect(state).toBe('sound')
    const doc = openDraft({ snapshot: update, updates: [] })
    expect([...doc.store.clients.keys()]).toEqual([SYSTEM_CLIENT_ID])
    expect(decodeStructure(structure).clockOf(SYSTEM_CLIENT_ID)).toBe(Y.getState(doc.store, SYSTEM_CLIENT_ID))
    expect(compactDraft({ snapshot: update, updates: [] }).state).toBe('sound')
  })

  const element = (parent: WrittenStruct['parent'], name: string): WrittenStruct => ({ parent, content: { kind: 'element', name } })
  const own = (clock: number) => ({ client: 77, clock })
  const letters = (parent: WrittenStruct['parent'], text: string): WrittenStruct => ({ parent, content: { kind: 'letters', text } })
  const nested = (depth: number) => Array.from({ length: depth }, (_, index) => element(index === 0 ? OLD_LIST : own(index - 1), 'clause'))

  it.each<[string, readonly WrittenStruct[], string]>([
    ['a text directly in the list', [{ parent: OLD_LIST, content: { kind: 'text' } }, letters(own(0), 'В корне.')], 'В корне.'],
    ['letters in an element', [element(OLD_LIST, 'paragraph'), letters(own(0), 'В элементе.')], 'В элементе.'],
    ['a value in the list', [{ parent: OLD_LIST, content: { kind: 'values', values: ['x', 1] } }], ''],
    [
      'an element as an attribute',
      [element(OLD_LIST, 'clause'), { parent: own(0), attribute: 'id', content: { kind: 'element', name: 'paragraph' } }],
      '',
    ],
    ['words nine clauses deep', [...nested(9), element(own(8), 'paragraph'), letters(own(9), 'Глубоко.')], 'Глубоко.'],
    ['words 1,500 clauses deep', [...nested(1_500), element(own(1_499), 'paragraph'), letters(own(1_500), 'Глубже.')], 'Глубже.'],
    ['a paragraph in a paragraph', [element(OLD_LIST, 'paragraph'), element(own(0), 'paragraph'), letters(own(1), 'Внутри.')], 'Внутри.'],
    ['an element that nobody knows', [element(OLD_LIST, 'table'), element(own(0), 'cell'), letters(own(1), 'В клетке.')], 'В клетке.'],
    ['a list outside clauses', [element(OLD_LIST, 'bulletList'), element(own(0), 'listItem'), letters(own(1), 'Пункт.')], 'Пункт.'],
  ])('[DRA-123] %s: every word that can be read is kept, each in a block', (_, structs, words) => {
    const { blocks } = converted(oldUpdate(oldDoc(p('Соглашение'))), writeUpdate({ client: 77, from: 0, structs }))
    const text = blocks.map(wordsOf).join(' ')
    expect(text).toContain('Соглашение')
    expect(text).toContain(words)
  })

  it('[DRA-123] of more blocks and marks than every device bears no word is lost either, and what is made is borne', () => {
    const many = Array.from({ length: 10_100 }, (_, index) => clause(`c${index}`, p(`n${index}`)))
    const marked = Array.from({ length: 5_000 }, (_, index) => (index % 2 === 0 ? t('ж', 'bold', 'italic') : t('п')))
    const { blocks, update } = converted(oldUpdate(oldDoc(h(2, 'Стороны'), p(...marked), ...many)))
    expect(blocks).toHaveLength(10_000)
    expect(blocks[1] && wordsOf(blocks[1])).toBe('жп'.repeat(2_500))
    expect(blocks.at(-1)).toMatchObject({ runs: [{ text: expect.stringMatching(/^n9997\nn9998\n.*\nn10099$/s) }] })
    expect(compactDraft({ snapshot: update, updates: [] }).state).toBe('sound')
  }, 120_000)

  it('[DRA-123] is never taken for a broken document of ours, which would lose its words', () => {
    expect(() => compactDraft({ updates: [oldUpdate(oldDoc(p('Слова')))] })).toThrow('converted')
  })
})

function arbitraryDocument(): fc.Arbitrary<OldNode> {
  const text = fc.oneof(
    fc.constantFrom('• A', '# A', '1. A', '1.1. A', ' A', 'Ә ә', 'й', '#', '.', '\n', '\r', '  ', '\u0301'),
    fc.string({ unit: 'grapheme-ascii' }),
  )
  const words = fc.tuple(text, fc.subarray(['bold', 'italic'])).map(([value, marks]) => t(value, ...marks))
  const inline = fc.oneof({ weight: 4, arbitrary: words.filter((node) => node.text !== '') }, { weight: 1, arbitrary: fc.constant(br) })
  const paragraph = fc.array(inline, { maxLength: 4 }).map((content) => p(...content))
  const firstParagraph = fc.oneof(
    { weight: 15, arbitrary: paragraph.map((node) => p('Ж', ...(node.content ?? []))) },
    { weight: 1, arbitrary: paragraph },
  )
  const items = fc.array(fc.array(paragraph, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }).map((all) => list(...all))
  const id = fc.constantFrom('c1', 'c2', 'b1', null)
  const { clauses } = fc.letrec<{ clauses: OldNode }>((tie) => ({
    clauses: fc
      .tuple(id, firstParagraph, fc.array(fc.oneof({ maxDepth: 3 }, paragraph, items, tie('clauses')), { maxLength: 4 }))
      .map(([of, first, rest]) => clause(of, first, ...rest)),
  }))
  const heading = fc.tuple(fc.integer({ min: 1, max: 3 }), text).map(([level, value]) => h(level, value))
  return fc.array(fc.oneof(heading, paragraph, clauses), { maxLength: 8 }).map((content) => oldDoc(...content))
}
