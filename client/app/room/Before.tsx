// What belongs before the session, for people of a side: the day, how the talks are held, one's own words. Fetched when there is something
// to show, or when it is opened.
import type { ComponentProps } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { RareTopic } from '#client/rooms/RareTopic.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { isMediationOver } from '#shared/cases/phases.ts'
import { shownStatementsFold } from '#shared/preparation/preparation-state.ts'
import { procedureFold } from '#shared/rooms/procedure-state.ts'
import { schedulingFold } from '#shared/scheduling/scheduling-state.ts'
import type { DatesShown } from './DatesShown.tsx'

const BEFORE = ['before'] as const

const DATES: Part<ComponentProps<typeof DatesShown>> = { groups: BEFORE, load: async () => (await import('./DatesShown.tsx')).DatesShown }
const PROCEDURE: Part<object> = {
  groups: BEFORE,
  load: async () => (await import('#client/preparation/ProcedureNote.tsx')).ProcedureNote,
}
const STATEMENT: Part<object> = {
  groups: BEFORE,
  load: async () => (await import('#client/preparation/StatementForm.tsx')).StatementForm,
}
const SAFETY: Part<object> = {
  groups: BEFORE,
  load: async () => (await import('#client/preparation/SafetyQuestions.tsx')).SafetyQuestions,
}
const SHOWN: Part<object> = {
  groups: BEFORE,
  load: async () => (await import('#client/preparation/ShownStatements.tsx')).ShownStatements,
}

/** For everybody alike: when, and how. */
export function BeforeNotes({ session }: { readonly session: RoomSession }) {
  const { state } = useCase()
  const { proposal, meeting } = useSlice(schedulingFold, 'case') ?? schedulingFold.initial
  const procedure = useSlice(procedureFold, 'case')
  const isAdjusted = procedure !== undefined && procedure !== procedureFold.initial
  if (isMediationOver(state.phase)) return null
  return (
    <>
      {(proposal || meeting) && <QuietPart part={DATES} props={{ session }} />}
      {isAdjusted && <QuietPart part={PROCEDURE} props={{}} />}
    </>
  )
}

/** One's own: what one wants to say first, and what is asked alone. */
export function BeforeTopics() {
  const t = useTexts()
  const { state } = useCase()
  if (isMediationOver(state.phase)) return null
  return (
    <>
      <RareTopic label={t('preparation.topic.statement')}>
        <QuietPart part={STATEMENT} props={{}} />
      </RareTopic>
      <RareTopic label={t('preparation.topic.safety')}>
        <QuietPart part={SAFETY} props={{}} />
      </RareTopic>
    </>
  )
}

/** Whatever was said first, once it stands before all. */
export function FirstWords() {
  const t = useTexts()
  const shown = useSlice(shownStatementsFold, 'all') ?? []
  if (shown.length === 0) return null
  return (
    <RareTopic label={t('preparation.topic.shown')}>
      <QuietPart part={SHOWN} props={{}} />
    </RareTopic>
  )
}
