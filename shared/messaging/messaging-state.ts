import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { messagePosted } from './messaging-protocol.ts'

export interface Message {
  readonly m: number
  readonly id: CommandId
  readonly by: ParticipantId
  readonly at: number
  readonly text: string
}

/** A room's conversation in the order of its chain. Only devices fold it: no decision needs what was said. */
export interface MessagingState {
  readonly messages: readonly Message[]
}

export const messagingFold: Fold<MessagingState> = {
  name: 'messaging',
  initial: { messages: [] },
  evolve(state, event) {
    if (!isEvent(event, messagePosted) || event.by === 'system') return state
    return { messages: [...state.messages, { m: event.m, id: event.body.id, by: event.by, at: event.at, text: event.body.text }] }
  },
}
