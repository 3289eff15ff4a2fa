import type * as Y from 'yjs'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { fragmentOf, readBlocks } from '#shared/document/yjs-document.ts'
import type { Locale } from '#shared/kernel/locale.ts'

/** The text as this device has it; what a signer's own canonical text is made from. */
export function documentOfDraft(doc: Y.Doc, language: Locale): readonly DocumentBlock[] {
  return readBlocks(fragmentOf(doc, language))
}
