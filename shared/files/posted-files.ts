// Where the files of an audience were posted: what decisions need of them, and what a reader is asked about who wants one.
import type { CommandId, FileId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { filePosted, fileReleased } from './files-protocol.ts'

interface FilePlace {
  readonly epoch: number
  readonly seq: number
  /** Of the command that posted it; of a released one its own. */
  readonly id: CommandId
}

/** Without those that were taken away. */
export interface PostedFiles {
  readonly places: ReadonlyMap<FileId, FilePlace>
}

/** Folded by the server alone: a device knows but a part of a long conversation. */
export const postedFilesFold: Fold<PostedFiles> = {
  name: 'posted-files',
  initial: { places: new Map() },
  evolve(state, event) {
    if (isEvent(event, filePosted) || isEvent(event, fileReleased)) {
      const { epoch, seq } = event
      return { places: new Map(state.places).set(event.body.file.fileId, { epoch, seq, id: event.body.id }) }
    }
    if (!isEvent(event, bodyRedacted)) return state
    const gone = [...state.places].find(([, { epoch, seq }]) => epoch === event.body.epoch && seq === event.body.seq)?.[0]
    return gone ? { places: new Map([...state.places].filter(([fileId]) => fileId !== gone)) } : state
  },
  join: (older, newer) => ({ places: new Map([...older.places, ...newer.places]) }),
}
