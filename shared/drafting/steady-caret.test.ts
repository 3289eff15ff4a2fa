// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { prosemirrorJSONToYXmlFragment, ySyncPluginKey } from '@tiptap/y-tiptap'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { DRAFT_FIELD, documentSchema } from '#shared/document/document-schema.ts'
import { boundExtensions } from './bound-editor.ts'

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })

it('[DRA-114] a caret whose place cannot be found again stays where it stood, and the new text is drawn', () => {
  const doc = new Y.Doc()
  const root = doc.getXmlFragment(DRAFT_FIELD)
  prosemirrorJSONToYXmlFragment(documentSchema(), { type: 'doc', content: ['бірінші', 'екінші', 'үшінші'].map(paragraph) }, root)
  const editor = new Editor({ extensions: boundExtensions(doc), injectCSS: false })
  editor.commands.setTextSelection(13)
  const { binding } = ySyncPluginKey.getState(editor.state) as {
    binding: { beforeTransactionSelection: object; beforeAllTransactions(): void }
  }
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const added = new Y.XmlElement('paragraph')
  added.insert(0, [new Y.XmlText('төртінші')])
  other.getXmlFragment(DRAFT_FIELD).insert(3, [added])
  // as the library remembers it when the text has shrunk beneath the caret
  binding.beforeAllTransactions()
  Object.assign(binding.beforeTransactionSelection, { absAnchor: 9_999, absHead: 9_999 })
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'server')
  expect(editor.getText()).toContain('төртінші')
  expect(editor.state.selection.head).toBe(13)
  editor.destroy()
})
