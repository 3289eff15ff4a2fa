import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { emptySeqMap, type SeqMap, valueAt, withValue } from '#shared/log/seq-map.ts'
import { messagePosted } from './messaging-protocol.ts'

export interface Removal {
  readonly by: ParticipantId
  readonly at: number
}

export interface Message {
  readonly seq: number
  readonly epoch: number
  /** Undefined where the body was gone before this device came to know of it. */
  readonly id: CommandId | undefined
  readonly by: ParticipantId
  readonly at: number
  /** Undefined once the words are destroyed. */
  readonly text: string | undefined
  /** Undefined for a message that stands, and for one whose words went with the room's key. */
  readonly removed: Removal | undefined
}

/** A room's conversation by the places of its chain. Only devices fold it: no decision needs what was said. */
export interface MessagingState {
  readonly messages: SeqMap<Message>
}

export const messagingFold: Fold<MessagingState> = {
  name: 'messaging',
  initial: { messages: emptySeqMap() },
  evolve(state, event) {
    if (event.by === 'system') return state
    const { seq, epoch, by, at } = event
    if (event.type === messagePosted.name) {
      const said = isEvent(event, messagePosted) ? event.body : undefined
      const message = { seq, epoch, id: said?.id, by, at, text: said?.text, removed: undefined }
      return { messages: withValue(state.messages, seq, message) }
    }
    if (!isEvent(event, bodyRedacted)) return state
    const message = valueAt(state.messages, event.body.seq)
    if (!message || message.epoch !== event.body.epoch || message.removed) return state
    return { messages: withValue(state.messages, message.seq, { ...message, text: undefined, removed: { by, at } }) }
  },
}
