// What is looked up outside for a file that crosses; for whom it may be looked up is asked before.
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { defineFact } from '#shared/log/decide.ts'

/** The file of the actor's own that a permission names; undefined where it names none, or the actor posted no such file in that room. */
export const fileToAllowFact = defineFact<FileFacts | undefined>('file to allow')

/** The copy that rests under the target's key, as its event has to say it; or why there is none. */
export type CopiedFile = { readonly copied: true; readonly file: FileFacts } | { readonly copied: false; readonly problem: Problem }

/** Undefined where no file may be delivered. */
export const copiedFileFact = defineFact<CopiedFile | undefined>('copied file')
