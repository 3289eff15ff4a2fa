// A browser tells of a moved caret a frame later. On a slow device what somebody presses next can come first, and would act where the
// caret was: so the caret is read before it.
import type { EditorView } from '@tiptap/pm/view'

/** Only while the text has the focus: else the caret is where it was left. */
export function readCaret({ dom }: Pick<EditorView, 'dom'>): void {
  dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}
