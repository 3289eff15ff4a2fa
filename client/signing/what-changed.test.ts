import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from '#shared/document/text/blocks.ts'
import { changedOnly, changesBetween } from './what-changed.ts'

const clause = (number: number, words: string): Block => ({ kind: 'clause', number: [number], lines: [words] })

describe('what changed since one’s last answer', () => {
  it('[SIG-32] names the changed clause and nothing else', () => {
    const before = [clause(1, 'Долг 1 900 000 ₸.'), clause(2, 'Срок 15 декабря.')]
    const after = [clause(1, 'Долг 1 840 000 ₸.'), clause(2, 'Срок 15 декабря.')]
    expect(changedOnly(changesBetween(before, after))).toEqual([
      { kind: 'removed', block: before[0] },
      { kind: 'added', block: after[0] },
    ])
  })

  it('[SIG-32] a clause that only got another number is not called changed', () => {
    const changes = changedOnly(changesBetween([clause(1, 'А')], [clause(1, 'Новый'), clause(2, 'А')]))
    expect(changes).toEqual([{ kind: 'added', block: clause(1, 'Новый') }])
  })

  it('[SIG-32] kept and removed give the old text, kept and added the new one', () => {
    const blocks = fc.array(
      fc.constantFrom('а', 'б', 'в', 'г').map((words): Block => ({ kind: 'paragraph', depth: 0, lines: [words] })),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(blocks, blocks, (before, after) => {
        const changes = changesBetween(before, after)
        expect(changes.filter(({ kind }) => kind !== 'added').map(({ block }) => block)).toEqual(before)
        expect(changes.filter(({ kind }) => kind !== 'removed').map(({ block }) => block)).toEqual(after)
      }),
    )
  })
})
