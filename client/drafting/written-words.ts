// The words inside an edit that could not be saved, for copying: read from the edit itself, so that no old text is needed beside it.
import * as Y from 'yjs'

export function writtenWords(update: Uint8Array): string {
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
