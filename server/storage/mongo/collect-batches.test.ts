import { describe, expect, it } from 'vitest'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { collectBatches } from './collect-batches.ts'

/** Sends under the test's hand: turns of the event loop, and the answers of the storage. */
function collectorInHand() {
  const turns: (() => void)[] = []
  const sent: { readonly items: readonly number[]; readonly answer: () => void; readonly fail: (error: Error) => void }[] = []
  const append = collectBatches<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        sent.push({ items, answer: () => resolve(items.map((item) => `stored ${item}`)), fail: reject })
      }),
    (item) => asId<CaseId>(`case ${item % 10}`),
    (run) => turns.push(run),
  )
  const turn = () => {
    for (const run of turns.splice(0)) run()
  }
  return { append, turn, sent }
}

describe('batches for MongoDB', () => {
  it('[STO-85] what is appended in one turn goes together, and each caller gets its own answers', async () => {
    const { append, turn, sent } = collectorInHand()
    const answers = [append([1, 2]), append([3]), append([])]
    expect(sent).toEqual([])
    turn()
    expect(sent.map((batch) => batch.items)).toEqual([[1, 2, 3]])
    sent[0]?.answer()
    expect(await Promise.all(answers)).toEqual([['stored 1', 'stored 2'], ['stored 3'], []])
  })

  it('[STO-86] while two batches are on their way the rest collects, and follows when one is answered', async () => {
    const { append, turn, sent } = collectorInHand()
    const answers = [1, 2, 3, 4].map((item) => {
      const answer = append([item])
      turn()
      return answer
    })
    expect(sent.map((batch) => batch.items)).toEqual([[1], [2]])
    sent[1]?.answer()
    expect(await answers[1]).toEqual(['stored 2'])
    await Promise.resolve()
    turn()
    expect(sent.map((batch) => batch.items)).toEqual([[1], [2], [3, 4]])
    sent[2]?.answer()
    expect(await answers[3]).toEqual(['stored 4'])
  })

  it('[STO-87] a batch that fails is told to all of its callers, and the next goes out', async () => {
    const { append, turn, sent } = collectorInHand()
    const answers = [append([1]), append([2])]
    turn()
    sent[0]?.fail(new Error('gone'))
    for (const answer of answers) await expect(answer).rejects.toThrow('gone')
    const later = append([3])
    turn()
    sent[1]?.answer()
    expect(await later).toEqual(['stored 3'])
  })
  it('[STO-88] callers that compete for one case go in different batches, in their order', async () => {
    const { append, turn, sent } = collectorInHand()
    const answers = [append([1, 2]), append([3, 11]), append([4]), append([13])]
    turn()
    turn()
    expect(sent.map((batch) => batch.items)).toEqual([
      [1, 2, 4],
      [3, 11],
    ])
    for (const { answer } of sent) answer()
    await Promise.all(answers.slice(0, 3))
    turn()
    sent[2]?.answer()
    expect(await answers[3]).toEqual(['stored 13'])
  })
})
