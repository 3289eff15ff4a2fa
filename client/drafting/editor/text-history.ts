// What this device can take back in a text: one history for each copy, for every editor that is opened on it. It goes with the copy.
import type * as Y from 'yjs'
import { makeHistory } from '#shared/document/binding/text-binding.ts'
import { fragmentOf } from '#shared/document/yjs-document.ts'
import type { Locale } from '#shared/kernel/locale.ts'

const histories = new WeakMap<Y.Doc, Map<Locale, Y.UndoManager>>()

export function historyOf(doc: Y.Doc, language: Locale): Y.UndoManager {
  const known = histories.get(doc) ?? new Map<Locale, Y.UndoManager>()
  histories.set(doc, known)
  const history = known.get(language) ?? makeHistory(fragmentOf(doc, language))
  known.set(language, history)
  return history
}
