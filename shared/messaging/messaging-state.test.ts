import { describe, expect, it } from 'vitest'
import { asId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { ParsedEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { valueAt, valuesOf } from '#shared/log/seq-map.ts'
import { messagePosted, messageReleased } from './messaging-protocol.ts'
import { type MessagingState, messagingFold } from './messaging-state.ts'

const ada = asId<ParticipantId>('ada')
const bek = asId<ParticipantId>('bek')
const at = (seq: number) => 1_000 * seq
const event = (seq: number, by: ParticipantId, type: string, body: unknown, epoch = 1): ParsedEvent => ({
  ...{ audience: 'all', epoch, seq, type, by, at: at(seq), hash: '', body },
})
const posted = (seq: number, by: ParticipantId) =>
  event(seq, by, messagePosted.name, { id: asId<CommandId>(`id${seq}`), text: `words ${seq}` })
const destroyed = (seq: number, by: ParticipantId) => event(seq, by, messagePosted.name, undefined)
const redacted = (ownSeq: number, by: ParticipantId, seq: number, epoch = 1) => event(ownSeq, by, bodyRedacted.name, { epoch, seq })
const fold = (...events: readonly ParsedEvent[]): MessagingState => events.reduce(messagingFold.evolve, messagingFold.initial)

describe('a conversation', () => {
  it('[CRO-12] a released message bears its author’s name, and that the mediator put it there; once removed it is the mediator’s line', () => {
    const body = { id: asId<CommandId>('id1'), text: 'Подождём до мая', author: ada }
    const released = event(1, bek, messageReleased.name, body)
    expect(valueAt(fold(released).messages, 1)).toMatchObject({ by: bek, author: ada, released: true, text: body.text })
    const live = valueAt(fold(released, redacted(2, bek, 1)).messages, 1)
    const later = valueAt(fold(event(1, bek, messageReleased.name, undefined), redacted(2, bek, 1)).messages, 1)
    expect(live).toMatchObject({ by: bek, author: bek, released: false, text: undefined })
    expect({ ...live, id: undefined }).toEqual(later)
  })

  it('[MSG-9] shows in the place of a removed message whose it was, who removed it and when, and holds its words no more', () => {
    const { messages } = fold(posted(1, ada), posted(2, bek), posted(3, ada), redacted(4, bek, 1))
    expect(valuesOf(messages).map(({ seq, text }) => [seq, text])).toEqual([
      [1, undefined],
      [2, 'words 2'],
      [3, 'words 3'],
    ])
    expect(valueAt(messages, 1)).toMatchObject({ by: ada, at: at(1), removed: { by: bek, at: at(4) } })
    expect(JSON.stringify(messages)).not.toContain('words 1')
  })

  it('[MSG-9] is the same for whoever comes when the body is gone already', () => {
    const { messages } = fold(destroyed(1, ada), posted(2, bek), redacted(3, ada, 1))
    expect(valueAt(messages, 1)).toEqual({
      seq: 1,
      epoch: 1,
      id: undefined,
      by: ada,
      author: ada,
      released: false,
      at: at(1),
      text: undefined,
      removed: { by: ada, at: at(3) },
    })
  })

  it('[MSG-9] a redaction of another epoch, or of what is no message, changes nothing; a second one changes no date', () => {
    const before = [posted(1, ada), posted(2, bek)]
    expect(fold(...before, redacted(3, ada, 1, 2), redacted(4, ada, 9))).toEqual(fold(...before))
    expect(valueAt(fold(...before, redacted(3, ada, 1), redacted(4, bek, 1)).messages, 1)?.removed).toEqual({ by: ada, at: at(3) })
  })
})
