import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { emptySeqMap, entriesOf, type SeqMap, valueAt, withValue } from '#shared/log/seq-map.ts'
import { messagePosted, messageReleased } from './messaging-protocol.ts'

export interface Removal {
  readonly by: ParticipantId
  readonly at: number
}

export interface Message {
  readonly seq: number
  readonly epoch: number
  /** Undefined where the body was gone before this device came to know of it. */
  readonly id: CommandId | undefined
  /** Who put it here. */
  readonly by: ParticipantId
  /** Whose words they are: of a released message, until they are destroyed, another person's. */
  readonly author: ParticipantId
  /** The mediator passed the words on, with their author's permission. */
  readonly released: boolean
  readonly at: number
  /** Undefined once the words are destroyed. */
  readonly text: string | undefined
  /** Undefined for a message that stands, and for one whose words went with the room's key. */
  readonly removed: Removal | undefined
}

/** A room's conversation by the places of its chain. Only devices fold it: no decision needs what was said. */
export interface MessagingState {
  readonly messages: SeqMap<Message>
  /** By their own places, those of what came before the stretch of the chain that is folded here: they take effect when it is put before. */
  readonly removals: SeqMap<EarlierRemoval>
}

interface EarlierRemoval extends Removal {
  readonly named: { readonly epoch: number; readonly seq: number }
}

export const messagingFold: Fold<MessagingState> = {
  name: 'messaging',
  initial: { messages: emptySeqMap(), removals: emptySeqMap() },
  evolve(state, event) {
    if (event.by === 'system') return state
    const { seq, epoch, by, at } = event
    if (event.type === messagePosted.name || event.type === messageReleased.name) {
      const released = isEvent(event, messageReleased) ? event.body : undefined
      const said = released ?? (isEvent(event, messagePosted) ? event.body : undefined)
      const author = released?.author ?? by
      const message = { seq, epoch, id: said?.id, by, author, released: released !== undefined, at, text: said?.text, removed: undefined }
      return { ...state, messages: withValue(state.messages, seq, message) }
    }
    if (!isEvent(event, bodyRedacted) || event.body.seq >= seq) return state
    return withRemoval(state, seq, { named: event.body, by, at })
  },
  join(older, newer) {
    let { messages } = newer
    for (const [seq, message] of entriesOf(older.messages)) messages = withValue(messages, seq, message)
    let joined: MessagingState = { messages, removals: older.removals }
    for (const [seq, removal] of entriesOf(newer.removals)) joined = withRemoval(joined, seq, removal)
    return joined
  },
}

/** Of several removals of one message the first counts. */
function withRemoval(state: MessagingState, seq: number, removal: EarlierRemoval): MessagingState {
  const { named, by, at } = removal
  const message = valueAt(state.messages, named.seq)
  if (!message) return { ...state, removals: withValue(state.removals, seq, removal) }
  if (message.epoch !== named.epoch || message.removed) return state
  const gone = { ...message, author: message.by, released: false, text: undefined, removed: { by, at } }
  return { ...state, messages: withValue(state.messages, named.seq, gone) }
}
