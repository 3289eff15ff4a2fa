import { describe, expect, it } from 'vitest'
import { asId, type CommandId, type FileId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { ParsedEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { valueAt, valuesOf } from '#shared/log/seq-map.ts'
import { type FileFacts, filePosted, fileReleased } from './files-protocol.ts'
import { filesFold } from './files-state.ts'
import { postedFilesFold } from './posted-files.ts'

const ada = asId<ParticipantId>('ada')
const bek = asId<ParticipantId>('bek')
const fileOf = (seq: number): FileFacts => ({
  fileId: asId<FileId>(`file-${seq}`),
  name: `накладная ${seq}.pdf`,
  type: 'pdf',
  size: seq,
  sha256: '0'.repeat(64),
  evidence: 'original',
  hasPreview: false,
})
const event = (seq: number, by: ParticipantId, type: string, body: unknown): ParsedEvent => ({
  ...{ audience: 'all', epoch: 1, seq, type, by, at: 1_000 * seq, hash: '', body },
})
const posted = (seq: number, by: ParticipantId) =>
  event(seq, by, filePosted.name, { id: asId<CommandId>(`id${seq}`), file: fileOf(seq), text: `words ${seq}` })
const redacted = (ownSeq: number, by: ParticipantId, seq: number, epoch = 1) => event(ownSeq, by, bodyRedacted.name, { epoch, seq })
const events = [posted(1, ada), posted(2, bek), redacted(3, ada, 9), posted(4, ada), redacted(5, bek, 1), redacted(6, ada, 1)]
const folded = (some: readonly ParsedEvent[]) => some.reduce(filesFold.evolve, filesFold.initial)

describe('the files of a conversation', () => {
  it('[FIL-5] in the place of one that was taken away stand its author, who took it away and when, and nothing of the file', () => {
    const { posts } = folded(events)
    expect(valuesOf(posts).map(({ seq, file }) => [seq, file?.name])).toEqual([
      [1, undefined],
      [2, 'накладная 2.pdf'],
      [4, 'накладная 4.pdf'],
    ])
    expect(valueAt(posts, 1)).toMatchObject({ by: ada, removed: { by: bek, at: 5_000 } })
    expect(JSON.stringify(valueAt(posts, 1))).not.toMatch(/words|накладная|pdf/)
  })

  it('[FIL-5] whoever learns of the beginning later folds the same, wherever the chain is cut', () => {
    const whole = folded(events)
    for (let cut = 1; cut < events.length; cut++)
      expect(filesFold.join?.(folded(events.slice(0, cut)), folded(events.slice(cut)))).toEqual(whole)
  })

  it('[CRO-63] a released one is its author’s and was put there by the mediator; taken away, nothing of either stays', () => {
    const released = event(7, bek, fileReleased.name, { id: asId<CommandId>('id7'), file: fileOf(7), author: ada })
    const { posts } = folded([...events, released])
    expect(valueAt(posts, 7)).toMatchObject({ by: bek, author: ada, released: true, file: { name: 'накладная 7.pdf' } })
    expect(valueAt(posts, 4)).toMatchObject({ by: ada, author: ada, released: false })
    expect([released].reduce(postedFilesFold.evolve, postedFilesFold.initial).places.has(fileOf(7).fileId)).toBe(true)
    const gone = folded([...events, released, redacted(8, bek, 7)])
    expect(valueAt(gone.posts, 7)).toMatchObject({ author: bek, released: false, file: undefined, removed: { by: bek } })
  })

  it('[FIL-5] the server knows the places of those that stand, and no others', () => {
    const { places } = events.reduce(postedFilesFold.evolve, postedFilesFold.initial)
    expect([...places]).toEqual([
      ['file-2', { epoch: 1, seq: 2, id: 'id2' }],
      ['file-4', { epoch: 1, seq: 4, id: 'id4' }],
    ])
    const other = events
      .slice(0, 2)
      .concat(redacted(3, ada, 1, 2))
      .reduce(postedFilesFold.evolve, postedFilesFold.initial)
    expect(other.places.size).toBe(2)
  })
})
