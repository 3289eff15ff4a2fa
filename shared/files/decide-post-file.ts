import { caseFold } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { decided, defineFact, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { isConversation } from '#shared/messaging/messaging-policy.ts'
import { readersChanged } from '#shared/messaging/readers-changed.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { canPostFile } from './files-policy.ts'
import { type FileFacts, filePost, filePosted } from './files-protocol.ts'
import { postedFilesFold } from './posted-files.ts'

/** What came of an upload of the actor's: all of it at rest and looked through, or why not. */
export type UploadedFile =
  | { readonly ready: true; readonly audience: Audience; readonly file: FileFacts }
  | { readonly ready: false; readonly problem: Problem }

/** Undefined where the actor has no such upload. */
export const uploadedFileFact = defineFact<UploadedFile | undefined>('uploaded file')

export const postFileRule = personRule({
  command: filePost,
  weight: 'words',
  facts: { uploaded: uploadedFileFact },
  decide(view, { audience, id, fileId, text }, { actor, seen, facts: { uploaded } }) {
    const room = view.state(roomFold, audience)
    const state = view.state(caseFold, 'case')
    if (!room || !state || !isConversation(audience)) return refuse('not-found')
    if (!canPostFile(actor, audience, room, state)) return refuse('conflict', 'files/closed')
    // The same command once more is decided once more, and found to be done when it is stored; another one finds no upload.
    const posted = view.state(postedFilesFold, audience)?.places.get(fileId)
    if (!uploaded || (posted && posted.id !== id)) return refuse('not-found')
    if (!uploaded.ready) return { decided: false, problem: uploaded.problem }
    // An upload belongs to one audience for good, whatever a device asks for later.
    if (uploaded.audience !== audience) return refuse('not-found')
    const problem = readersChanged({ audience, room, state, seen })
    if (problem) return { decided: false, problem }
    return decided(newEvent(filePosted, audience, { id, file: uploaded.file, ...(text === undefined ? {} : { text }) }))
  },
})
