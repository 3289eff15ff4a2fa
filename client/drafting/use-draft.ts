// A document of the open case for the screens that show it. It is open before and after them.
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { caseFold } from '#shared/cases/case-state.ts'
import { type CaseDocument, noteOf, settlementOf } from '#shared/document/case-documents.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { DocumentSession } from './document-session.ts'
import { documentSessions } from './document-sessions.ts'
import type { DraftSnapshot } from './draft-snapshot.ts'

export interface OpenDraft extends DraftSnapshot {
  readonly session: DocumentSession
  /** Which of the document's texts is shown. */
  readonly language: Locale
}

/** What everybody writes together. */
export function useSettlement(): OpenDraft | undefined {
  const { caseId } = useCaseClient()
  return useDocument(useMemo(() => settlementOf(caseId), [caseId]))
}

/** A mediator's own, which nobody else ever sees. */
export function useNote(me: ParticipantId): OpenDraft | undefined {
  return useDocument(useMemo(() => noteOf(me), [me]))
}

function useDocument(document: CaseDocument): OpenDraft | undefined {
  const sessions = useCaseClient().owned(documentSessions)
  const language = useSlice(caseFold, 'case')?.facts?.draftLanguage
  const watch = useCallback((listener: () => void) => sessions.watch(document, listener), [sessions, document])
  const session = useSyncExternalStore(watch, () => sessions.of(document.id))
  const snapshot = useSyncExternalStore(session?.subscribe ?? never, () => session?.snapshot())
  return session && snapshot && language && { ...snapshot, session, language }
}

const never = () => () => undefined
