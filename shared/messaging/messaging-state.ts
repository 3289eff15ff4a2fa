import { type Fold, isEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { emptySeqMap, type SeqMap, withValue } from '#shared/log/seq-map.ts'
import { messagePosted, messageReleased } from './messaging-protocol.ts'
import { type EarlierRemoval, joinPosts, type Post, type Posts, type Removal, removedPost, withRemoval } from './removals.ts'

export interface Message extends Post {
  /** Undefined once the words are destroyed. */
  readonly text: string | undefined
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
    if (event.type === messagePosted.name || event.type === messageReleased.name) {
      const released = isEvent(event, messageReleased) ? event.body : undefined
      const said = released ?? (isEvent(event, messagePosted) ? event.body : undefined)
      const author = released?.author ?? by
      const message = { seq, epoch, id: said?.id, by, author, released: released !== undefined, at, text: said?.text, removed: undefined }
      return { ...state, messages: withValue(state.messages, seq, message) }
    }
    if (!isEvent(event, bodyRedacted) || event.body.seq >= seq) return state
    const before = postsOf(state)
    const after = withRemoval(before, seq, { named: event.body, by, at }, withoutWords)
    return after === before ? state : stateOf(after)
  },
  join: (older, newer) => stateOf(joinPosts(postsOf(older), postsOf(newer), withoutWords)),
}

const withoutWords = (message: Message, removed: Removal): Message => ({ ...removedPost(message, removed), text: undefined })
const postsOf = ({ messages, removals }: MessagingState): Posts<Message> => ({ posts: messages, removals })
const stateOf = ({ posts, removals }: Posts<Message>): MessagingState => ({ messages: posts, removals })
