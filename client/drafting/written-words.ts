// The words inside an edit that could not be saved, for copying: read from the edit itself, so that no old text is needed beside it.
import * as Y from 'yjs'

function writtenWords(update: Uint8Array): string {
  let words = ''
  let end = -1
  for (const struct of Y.decodeUpdate(update).structs) {
    const { content } = struct as { readonly content?: unknown } // garbage and gaps have none
    if (content instanceof Y.ContentString) {
      words += end === struct.id.clock || words === '' || words.endsWith('\n') ? content.str : ` ${content.str}`
    } else if (content instanceof Y.ContentType && words !== '' && !words.endsWith('\n')) words += '\n'
    end = struct.id.clock + struct.length
  }
  return words.trim()
}

/** The words of several edits in their order; of what cannot be read, none. */
export function wordsIn(updates: readonly Uint8Array[]): string {
  try {
    const [only] = updates
    return only ? writtenWords(updates.length === 1 ? only : Y.mergeUpdates([...updates])) : ''
  } catch {
    return '' // a damaged leftover on this device
  }
}
