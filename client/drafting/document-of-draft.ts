import type * as Y from 'yjs'
import type { DocumentNode } from '#shared/document/document-node.ts'
import { readableDocument } from './guard/readable-document.ts'

/** The text as this device has it; what a signer's own canonical text is made from. */
export function documentOfDraft(doc: Y.Doc): DocumentNode {
  return readableDocument(doc)
}
