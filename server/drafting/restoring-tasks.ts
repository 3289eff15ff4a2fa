// What the draft worker does for restorations: reads a saved state, begins another document with its words, or makes the edit that brings
// them back into the text as it is now. Edits are the server's own, under its own Yjs id.
import * as Y from 'yjs'
import { writeBlocks } from '#shared/document/binding/write-blocks.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { blockElements, fragmentOf, readBlock, readBlocks, setBlockAttribute } from '#shared/document/yjs-document.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { beginAnew, type Compacted, type DraftText, openDraft } from './draft-tasks.ts'

/** An edit of the server's own; undefined when there is nothing to change. */
export interface MadeEdit {
  /** The next clock of the server's Yjs id before it. */
  readonly clock: number
  readonly update: Uint8Array | undefined
}

export interface BroughtBack {
  readonly state: DraftText
  readonly now: DraftText
}

/** The words of a saved state, as another document. */
export function beginFrom(text: DraftText): Compacted {
  const doc = openDraft(text)
  const lists = LOCALES.map((language) => [language, readBlocks(fragmentOf(doc, language))] as const)
  return beginAnew(
    'sound',
    lists.filter(([, blocks]) => blocks.length > 0),
  )
}

/** By the smallest change, in every language: what the two have in common is not touched, and so neither is what others write there. */
export function bringBack({ state, now }: BroughtBack): MadeEdit {
  const saved = openDraft(state)
  const doc = openDraft(now)
  return madeIn(doc, () => {
    doc.transact((transaction) => {
      for (const language of LOCALES) {
        const fragment = fragmentOf(doc, language)
        const elements = blockElements(fragment)
        const old = elements.map(readBlock)
        const known = new Map(old.map((block) => [JSON.stringify(block), block]))
        const wanted = readBlocks(fragmentOf(saved, language)).map((block) => known.get(JSON.stringify(block)) ?? block)
        writeBlocks(transaction, { fragment, elements, old, now: wanted, caret: undefined }, BLOCKS)
      }
    })
  })
}

const BLOCKS = { idOf: ({ id }: DocumentBlock) => id, blockOf: (block: DocumentBlock) => block }

/** An edit that only takes away moves no clock, by which it is known later that it was made: it says one thing again. */
function leaveTrace(doc: Y.Doc): void {
  const [element] = LOCALES.flatMap((language) => blockElements(fragmentOf(doc, language)))
  if (element) setBlockAttribute(element, 'kind', readBlock(element).kind)
}

/** Answers what the server changes in the document. */
export function madeIn(doc: Y.Doc, change: () => void): MadeEdit {
  doc.clientID = SYSTEM_CLIENT_ID
  const clock = Y.getState(doc.store, SYSTEM_CLIENT_ID)
  const updates: Uint8Array[] = []
  const keep = (update: Uint8Array) => void updates.push(update)
  doc.on('update', keep)
  change()
  if (updates.length > 0 && Y.getState(doc.store, SYSTEM_CLIENT_ID) === clock) leaveTrace(doc)
  doc.off('update', keep)
  return { clock, update: updates.length > 0 ? Y.mergeUpdates(updates) : undefined }
}
