import { describe, expect, it } from 'vitest'
import { testId } from '#client/realtime/testing/history.ts'
import { block } from '#shared/document/document-block.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { countTags, tagsIn, withTag } from './note-tags.ts'

const BEREKE = testId<SideId>('bereke')
const DALA = testId<SideId>('dala')
const SIDES = [
  { id: BEREKE, name: 'КХ «Береке»' },
  { id: DALA, name: 'ТОО «Дала Жем»' },
]

describe('tags of own notes', () => {
  it.each<[string, readonly string[]]>([
    ['#issue the term', ['issue']],
    ['#мәселе: мерзім', ['issue']],
    ['Басты #мәселесі осы', ['issue']],
    ['#Вопросы цены', ['issue']],
    ['#ұсыныс 460 мың', ['offer']],
    ['#предложения обеих', ['offer']],
    ['#offer, #issue', ['issue', 'offer']],
    ['@Береке хочет рассрочку', [`@${BEREKE}`]],
    ['@берекеге айту', [`@${BEREKE}`]],
    ['спросить @дал', [`@${DALA}`]],
    ['@Жем и @Береке', [`@${BEREKE}`, `@${DALA}`]],
    // nobody's, or not marked
    ['@ТОО', [`@${DALA}`]],
    ['@д', []],
    ['почта info@dala.kz', []],
    ['№#issue', ['issue']],
    ['вопрос, предложение', []],
    ['#other @nobody', []],
  ])('[DRA-380] in “%s”', (text, expected) => {
    expect([...tagsIn(text, SIDES)].sort()).toEqual([...expected].sort())
  })

  it('[DRA-380] a name that two sides could have is nobody’s', () => {
    const alike = [
      { id: BEREKE, name: 'Ким Павел' },
      { id: DALA, name: 'Ким Мария' },
    ]
    expect([...tagsIn('@Ким', alike)]).toEqual([])
    expect([...tagsIn('@Павлу @Мария', alike)]).toEqual([`@${DALA}`])
  })

  it('[DRA-380] counts paragraphs, and finds those of one tag', () => {
    const blocks = [
      block('1', 'clause', 1, '#issue срок @Береке'),
      block('2', 'clause', 1, 'просто'),
      block('3', 'clause', 1, '#issue #issue цена'),
    ]
    expect([...countTags(blocks, SIDES)]).toEqual([
      ['issue', 2],
      [`@${BEREKE}`, 1],
    ])
    expect(withTag(blocks, 'issue', SIDES).map(({ id }) => id)).toEqual(['1', '3'])
  })
})
