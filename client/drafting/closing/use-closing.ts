// What stands in the way of closing the text on the screen, read anew a moment after the last change: typing waits for none of it.
import { useCallback, useEffect, useRef, useState } from 'react'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { type CaseState, caseFold } from '#shared/cases/case-state.ts'
import { type ClosingFacts, closingFactsOf } from '#shared/drafting/closing/closing-facts.ts'
import { type ClosingFault, closingFaults, isSameFault } from '#shared/drafting/closing/closing-faults.ts'
import { documentOfDraft } from '../document-of-draft.ts'
import type { OpenDraft } from '../use-draft.ts'
import type { EditorHands } from './editor-hands.ts'

export interface Closing {
  /** Undefined until they were looked for. */
  readonly faults: readonly ClosingFault[] | undefined
  /** As they stand at this moment. */
  readonly faultsNow: () => readonly ClosingFault[]
  readonly facts: () => ClosingFacts | undefined
  /** Those that are to stay as they are. */
  readonly isLeft: (fault: ClosingFault) => boolean
  readonly leave: (fault: ClosingFault) => void
  /** The editor's, while there is one. */
  readonly hands: { current: EditorHands | undefined }
}

const READ_AFTER = 800
const NOTHING_YET: Pick<CaseState, 'facts'> = { facts: undefined }

export function useClosing(draft: OpenDraft | undefined): Closing {
  const client = useCaseClient()
  const state = useSlice(caseFold, 'case') ?? NOTHING_YET
  const hands = useRef<EditorHands>(undefined)
  const [faults, setFaults] = useState<readonly ClosingFault[]>()
  const [left, setLeft] = useState<readonly ClosingFault[]>([])
  const facts = useCallback(() => closingFactsOf(state, client.now()), [state, client])
  const [doc, language] = [draft?.doc, draft?.language]
  const isLoading = draft === undefined || draft.save.kind === 'loading'
  const faultsNow = useCallback(() => {
    const against = facts()
    return doc && language && against ? closingFaults(documentOfDraft(doc, language), against) : []
  }, [doc, language, facts])
  useEffect(() => {
    if (!doc || isLoading) return
    let cancel: (() => void) | undefined
    const read = () => setFaults(faultsNow())
    const changed = () => {
      cancel?.()
      cancel = client.timers.after(READ_AFTER, read)
    }
    read()
    doc.on('update', changed)
    return () => {
      cancel?.()
      doc.off('update', changed)
    }
  }, [doc, isLoading, client, faultsNow])
  return {
    faults,
    faultsNow,
    facts,
    isLeft: (fault) => left.some((each) => isSameFault(each, fault)),
    leave: (fault) => setLeft((before) => [...before, fault]),
    hands,
  }
}
