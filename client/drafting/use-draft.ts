// A document of the open case, as long as it is shown.
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { actorIn, caseFold } from '#shared/cases/case-state.ts'
import { type CaseDocument, noteOf, settlementOf } from '#shared/document/case-documents.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDocument } from '#shared/drafting/drafting-policy.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { viewOf } from '#shared/log/decide.ts'
import { type AudienceState, sliceOf, stateIn } from '#shared/log/fold.ts'
import { DraftProvider } from './draft-provider.ts'
import type { DraftSnapshot } from './draft-snapshot.ts'
import { keptWordsOf } from './kept-words.ts'
import { unsentStorage } from './unsent-storage.ts'

export interface OpenDraft extends DraftSnapshot {
  readonly provider: DraftProvider
  /** Which of the document's texts is shown. */
  readonly language: Locale
}

/** What everybody writes together. */
export function useSettlement(me: ParticipantId): OpenDraft | undefined {
  const { caseId } = useCaseClient()
  return useDocument(
    me,
    useMemo(() => settlementOf(caseId), [caseId]),
  )
}

/** A mediator's own, which nobody else ever sees. */
export function useNote(me: ParticipantId): OpenDraft | undefined {
  return useDocument(
    me,
    useMemo(() => noteOf(me), [me]),
  )
}

function useDocument(me: ParticipantId, document: CaseDocument): OpenDraft | undefined {
  const client = useCaseClient()
  const language = useSlice(caseFold, 'case')?.facts?.draftLanguage
  const [provider, setProvider] = useState<DraftProvider>()
  useEffect(() => {
    const { id, kind } = document
    const mark = kind === 'note' ? 'note' : 'draft'
    const made = new DraftProvider({
      document,
      connection: client.connection,
      keptWords: keptWordsOf(client, kind),
      // Where the case keeps nothing on this device, its documents do not either.
      storage: client.storage && unsentStorage(window.localStorage, { caseId: client.caseId, participantId: me, documentId: id }),
      frozen: () => kind === 'settlement' && isFrozen(client.store.snapshot().audiences.get('all')),
      mayWrite: () => mayWrite(client, me, document),
      clock: { now: () => client.now() },
      timers: client.timers,
    })
    const warn = (event: BeforeUnloadEvent) => {
      if (made.hasUnsent && !client.storage) event.preventDefault()
    }
    const stop = made.subscribe(() => client.unsent.set(mark, made.hasUnsent))
    window.addEventListener('pagehide', made.keepNow)
    window.addEventListener('beforeunload', warn)
    setProvider(made)
    return () => {
      window.removeEventListener('pagehide', made.keepNow)
      window.removeEventListener('beforeunload', warn)
      stop()
      made.close()
      client.unsent.set(mark, false)
    }
  }, [client, me, document])
  const snapshot = useSyncExternalStore(provider?.subscribe ?? never, () => provider?.snapshot())
  return provider && snapshot && language && { ...snapshot, provider, language }
}

function isFrozen(all: AudienceState | undefined): boolean {
  return all !== undefined && sliceOf(all, draftFold).phase.kind === 'frozen'
}

function mayWrite({ store, caseId }: CaseClient, me: ParticipantId, document: CaseDocument): boolean {
  const { audiences } = store.snapshot()
  const people = stateIn(audiences, caseFold, 'case')
  const person = people && actorIn(people, caseId, me)
  return person !== undefined && canEditDocument(document, person, draftSituation(viewOf(audiences), person))
}

const never = () => () => undefined
