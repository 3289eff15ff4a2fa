// This device's own copy of the closed draft, from the draft's lane and not from the stored text: what a signer's digest is made of.
import { useEffect, useState } from 'react'
import { documentOfDraft } from '#client/drafting/document-of-draft.ts'
import { type OpenDraft, useSettlement } from '#client/drafting/use-draft.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'

export interface OwnDocument {
  readonly blocks: readonly DocumentBlock[]
  /** It lay on this device before the text was closed. */
  readonly held: boolean
}

/** Undefined until the draft is here, closed, and nothing of this device's own waits in it. Kept from then on: a lost connection changes nothing. */
export function useOwnDocument(): OwnDocument | undefined {
  const found = closedCopy(useSettlement())
  const [own, setOwn] = useState(found)
  const isHere = found !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first that is found
  useEffect(() => setOwn((before) => before ?? found), [isHere])
  return own
}

function closedCopy(draft: OpenDraft | undefined): OwnDocument | undefined {
  if (!draft?.closed || draft.session.unsent !== 'nothing' || !(draft.held || draft.joined)) return undefined
  return { blocks: documentOfDraft(draft.doc, draft.language), held: draft.held }
}
