// What every editor that shows a shared text consists of; a device adds its keys, carets and limits.
import type { AnyExtension } from '@tiptap/core'
import Collaboration from '@tiptap/extension-collaboration'
import type * as Y from 'yjs'
import { DRAFT_FIELD, documentExtensions } from '#shared/document/document-schema.ts'
import { SteadyCaret } from './steady-caret.ts'

export function boundExtensions(document: Y.Doc): AnyExtension[] {
  return [...documentExtensions, Collaboration.configure({ document, field: DRAFT_FIELD }), SteadyCaret]
}
