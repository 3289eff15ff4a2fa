import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import type { DocumentNode } from '#shared/drafting/document-node.ts'
import { DRAFT_FIELD } from '#shared/drafting/document-schema.ts'

/** The text as this device has it; what a signer's own canonical text is made from. */
export function documentOfDraft(doc: Y.Doc): DocumentNode {
  return yXmlFragmentToProsemirrorJSON(doc.getXmlFragment(DRAFT_FIELD)) as unknown as DocumentNode // the same shape, without types
}
