import { type Fold, isEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { emptySeqMap, withValue } from '#shared/log/seq-map.ts'
import { joinPosts, type Post, type Posts, type Removal, removedPost, withRemoval } from '#shared/messaging/removals.ts'
import { type FileFacts, filePosted, fileReleased } from './files-protocol.ts'

/** A file where it was posted: it stands among the messages of its audience by its `seq`. */
export interface FilePost extends Post {
  /** Undefined once it is destroyed. */
  readonly file: FileFacts | undefined
  readonly text: string | undefined
}

/** The files of a conversation, as devices fold them. */
export type FilesState = Posts<FilePost>

export const filesFold: Fold<FilesState> = {
  name: 'files',
  initial: { posts: emptySeqMap(), removals: emptySeqMap() },
  evolve(state, event) {
    if (event.by === 'system') return state
    const { seq, epoch, by, at } = event
    if (event.type === filePosted.name || event.type === fileReleased.name) {
      const released = isEvent(event, fileReleased) ? event.body : undefined
      const posted = isEvent(event, filePosted) ? event.body : undefined
      const { id, file } = released ?? posted ?? { id: undefined, file: undefined }
      const author = released?.author ?? by
      const post = { seq, epoch, id, by, author, released: released !== undefined, at, file, text: posted?.text, removed: undefined }
      return { ...state, posts: withValue(state.posts, seq, post) }
    }
    if (!isEvent(event, bodyRedacted) || event.body.seq >= seq) return state
    return withRemoval(state, seq, { named: event.body, by, at }, withoutFile)
  },
  join: (older, newer) => joinPosts(older, newer, withoutFile),
}

const withoutFile = (post: FilePost, removed: Removal): FilePost => ({ ...removedPost(post, removed), file: undefined, text: undefined })
