import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { emptySeqMap, type SeqMap, withValue } from '#shared/log/seq-map.ts'
import { messagePosted } from './messaging-protocol.ts'
import { type EarlierRemoval, joinPosts, type Posts, type Removal, withRemoval } from './removals.ts'

export interface Message {
  readonly seq: number
  readonly epoch: number
  /** Undefined where the body was gone before this device came to know of it. */
  readonly id: CommandId | undefined
  readonly by: ParticipantId
  readonly at: number
  /** Undefined once the words are destroyed. */
  readonly text: string | undefined
  readonly removed: Removal | undefined
}

/** A room's conversation by the places of its chain. Only devices fold it: no decision needs what was said. */
export interface MessagingState {
  readonly messages: SeqMap<Message>
  readonly removals: SeqMap<EarlierRemoval>
}

export const messagingFold: Fold<MessagingState> = {
  name: 'messaging',
  initial: { messages: emptySeqMap(), removals: emptySeqMap() },
  evolve(state, event) {
    if (event.by === 'system') return state
    const { seq, epoch, by, at } = event
    if (event.type === messagePosted.name) {
      const said = isEvent(event, messagePosted) ? event.body : undefined
      const message = { seq, epoch, id: said?.id, by, at, text: said?.text, removed: undefined }
      return { ...state, messages: withValue(state.messages, seq, message) }
    }
    if (!isEvent(event, bodyRedacted) || event.body.seq >= seq) return state
    const before = postsOf(state)
    const after = withRemoval(before, seq, { named: event.body, by, at }, withoutWords)
    return after === before ? state : stateOf(after)
  },
  join: (older, newer) => stateOf(joinPosts(postsOf(older), postsOf(newer), withoutWords)),
}

const withoutWords = (message: Message, removed: Removal): Message => ({ ...message, text: undefined, removed })
const postsOf = ({ messages, removals }: MessagingState): Posts<Message> => ({ posts: messages, removals })
const stateOf = ({ posts, removals }: Posts<Message>): MessagingState => ({ messages: posts, removals })
