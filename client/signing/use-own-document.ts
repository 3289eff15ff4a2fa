// This device's own copy of the closed draft, from the draft's lane and not from the stored text: what a signer's digest is made of.
import { useEffect, useState } from 'react'
import { documentOfDraft } from '#client/drafting/document-of-draft.ts'
import { useSettlement } from '#client/drafting/use-draft.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

/** Undefined until the draft is here, closed, and nothing of this device's own waits in it. Kept from then on: a lost connection changes nothing. */
export function useOwnDocument(me: ParticipantId): readonly DocumentBlock[] | undefined {
  const draft = useSettlement(me)
  const [own, setOwn] = useState<readonly DocumentBlock[]>()
  const here = draft?.joined === true && draft.closed && !draft.provider.hasUnsent
  const doc = draft?.doc
  const language = draft?.language
  useEffect(() => {
    if (here && doc && language) setOwn((before) => before ?? documentOfDraft(doc, language))
  }, [here, doc, language])
  return own
}
