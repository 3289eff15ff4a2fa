import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
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

/** A room's conversation in the order of its chain. Only devices fold it: no decision needs what was said. */
export interface MessagingState {
  readonly messages: readonly Message[]
}

export const messagingFold: Fold<MessagingState> = {
  name: 'messaging',
  initial: { messages: [] },
  evolve(state, event) {
    if (event.by === 'system') return state
    const { seq, epoch, by, at } = event
    if (event.type === messagePosted.name) {
      const said = isEvent(event, messagePosted) ? event.body : undefined
      return { messages: [...state.messages, { seq, epoch, id: said?.id, by, at, text: said?.text, removed: undefined }] }
    }
    if (!isEvent(event, bodyRedacted)) return state
    const named = event.body
    const removed = { by, at }
    return {
      messages: state.messages.map((message) =>
        message.seq === named.seq && message.epoch === named.epoch && !message.removed ? { ...message, text: undefined, removed } : message,
      ),
    }
  },
}
