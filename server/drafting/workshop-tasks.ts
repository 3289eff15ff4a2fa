// What happens to a draft's text where it must be opened: only in the workshop's own thread, under limits.
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { DocumentNode } from '#shared/drafting/document-node.ts'
import { DRAFT_FIELD, documentSchema } from '#shared/drafting/document-schema.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'

/** Everything a draft holds: a snapshot (V2), and the updates after it (V1) in order. */
export interface DraftText {
  readonly snapshot?: Uint8Array
  readonly updates: readonly Uint8Array[]
}

export interface Compacted {
  readonly update: Uint8Array
  readonly stateVector: Uint8Array
}

export type ReadDocument =
  | { readonly ok: true; readonly document: DocumentNode }
  | { readonly ok: false; readonly fault: 'broken' | 'too-large' }

const MAX_DEPTH = 32
const MAX_NODES = 50_000

/** The first entry of a draft. The editor's own library writes it, so that no client ever finds anything to mend. */
export function startDraft(document: DocumentNode): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = SYSTEM_CLIENT_ID
  prosemirrorJSONToYXmlFragment(documentSchema(), document, doc.getXmlFragment(DRAFT_FIELD))
  return Y.encodeStateAsUpdate(doc)
}

export function compactDraft(text: DraftText): Compacted {
  const doc = openDraft(text)
  return { update: Y.encodeStateAsUpdateV2(doc), stateVector: Y.encodeStateVector(doc) }
}

export function readDraft(text: DraftText): ReadDocument {
  const doc = openDraft(text)
  if (doc.store.pendingStructs || doc.store.pendingDs) return { ok: false, fault: 'broken' }
  const fragment = doc.getXmlFragment(DRAFT_FIELD)
  if (!isModest(fragment)) return { ok: false, fault: 'too-large' }
  const document = yXmlFragmentToProsemirrorJSON(fragment) as unknown as DocumentNode // checked against the schema in the next line
  try {
    documentSchema().nodeFromJSON(document).check()
  } catch {
    return { ok: false, fault: 'broken' } // off the schema: somebody's client wrote what our editor cannot
  }
  return { ok: true, document }
}

/** One transaction: merging updates, or applying them one by one, grows with the square of their number. */
export function openDraft({ snapshot, updates }: DraftText): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    if (snapshot) Y.applyUpdateV2(doc, snapshot)
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return doc
}

/** Before anything walks the tree by recursion. */
function isModest(fragment: Y.XmlFragment): boolean {
  let nodes = 0
  let level: (Y.XmlFragment | Y.XmlElement)[] = [fragment]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false
    const next: Y.XmlElement[] = []
    for (const parent of level) {
      nodes += parent.length
      if (nodes > MAX_NODES) return false
      for (const child of parent.toArray()) if (child instanceof Y.XmlElement) next.push(child)
    }
    level = next
  }
  return true
}
