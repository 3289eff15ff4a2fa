// What was posted in a conversation and taken away again, as devices fold it: messages and files alike.
import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { entriesOf, type SeqMap, valueAt, withValue } from '#shared/log/seq-map.ts'

export interface Removal {
  readonly by: ParticipantId
  readonly at: number
}

export interface EarlierRemoval extends Removal {
  readonly named: { readonly epoch: number; readonly seq: number }
}

/** What a conversation consists of, words or a file: it stands by its `seq`. */
export interface Post {
  readonly seq: number
  readonly epoch: number
  /** Undefined where the body was gone before this device came to know of it. */
  readonly id: CommandId | undefined
  /** Who put it here. */
  readonly by: ParticipantId
  /** Whose it is: of what the mediator passed on, until it is destroyed, another person's. */
  readonly author: ParticipantId
  /** The mediator passed it on, with its author's permission. */
  readonly released: boolean
  readonly at: number
  /** Undefined for one that stands, and for one whose body went with the room's key. */
  readonly removed: Removal | undefined
}

/** Of one that is gone it is not said any more that it was passed on, nor whose it was. */
export function removedPost<P extends Post>(post: P, removed: Removal): P {
  return { ...post, author: post.by, released: false, removed }
}

/** The posts of a conversation by the places of its chain. */
export interface Posts<P extends Post> {
  readonly posts: SeqMap<P>
  /** By their own places, those of what came before the stretch of the chain that is folded here: they take effect when it is put before. */
  readonly removals: SeqMap<EarlierRemoval>
}

/** `emptied`: a post without what is gone. Of several removals of one post the first counts. */
export function withRemoval<P extends Post>(
  before: Posts<P>,
  seq: number,
  removal: EarlierRemoval,
  emptied: (post: P, removed: Removal) => P,
): Posts<P> {
  const { posts, removals } = before
  const { named, by, at } = removal
  const post = valueAt(posts, named.seq)
  if (!post) return { posts, removals: withValue(removals, seq, removal) }
  if (post.epoch !== named.epoch || post.removed) return before
  return { posts: withValue(posts, named.seq, emptied(post, { by, at })), removals }
}

export function joinPosts<P extends Post>(older: Posts<P>, newer: Posts<P>, emptied: (post: P, removed: Removal) => P): Posts<P> {
  let { posts } = newer
  for (const [seq, post] of entriesOf(older.posts)) posts = withValue(posts, seq, post)
  let joined: Posts<P> = { posts, removals: older.removals }
  for (const [seq, removal] of entriesOf(newer.removals)) joined = withRemoval(joined, seq, removal, emptied)
  return joined
}
