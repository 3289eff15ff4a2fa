// What stands in the way of closing the text on the screen, read anew a moment after the last change. What reads it is fetched after the
// text: writing waits for none of it.
import { useCallback, useEffect, useRef, useState } from 'react'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { type CaseState, caseFold } from '#shared/cases/case-state.ts'
import { type ClosingFault, isSameFault } from '#shared/drafting/closing/closing-fault.ts'
import { documentOfDraft } from '../document-of-draft.ts'
import type { OpenDraft } from '../use-draft.ts'
import type { EditorHands } from './editor-hands.ts'

type Reader = typeof import('#shared/drafting/closing/closing-faults.ts')

export interface Closing {
  /** Undefined until they were looked for. */
  readonly faults: readonly ClosingFault[] | undefined
  /** As they stand at this moment; none while nothing here can look for them: the server does. */
  readonly faultsNow: () => readonly ClosingFault[]
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
  const reader = useReader()
  const [faults, setFaults] = useState<readonly ClosingFault[]>()
  const [left, setLeft] = useState<readonly ClosingFault[]>([])
  const [doc, language] = [draft?.doc, draft?.language]
  const isLoading = draft === undefined || draft.save.kind === 'loading'
  const look = useCallback(
    () => (doc && language ? reader?.faultsOfCase(documentOfDraft(doc, language), state, client.now()) : undefined),
    [doc, language, reader, state, client],
  )
  useEffect(() => {
    if (!doc || isLoading) return
    let cancel: (() => void) | undefined
    const read = () => setFaults(look())
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
  }, [doc, isLoading, client, look])
  return {
    faults,
    faultsNow: useCallback(() => look() ?? [], [look]),
    isLeft: (fault) => left.some((each) => isSameFault(each, fault)),
    leave: (fault) => setLeft((before) => [...before, fault]),
    hands,
  }
}

function useReader(): Reader | undefined {
  const [reader, setReader] = useState<Reader>()
  useEffect(() => {
    let here = true
    import('#shared/drafting/closing/closing-faults.ts').then((module) => here && setReader(module)).catch(() => undefined) // without a line the list is missing, and nothing can be closed; the next opening fetches it
    return () => {
      here = false
    }
  }, [])
  return reader
}
