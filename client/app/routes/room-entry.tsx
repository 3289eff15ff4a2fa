// Who comes into the room, and by which session: a party whom a link brought here, or the mediator from the office.
import { useEffect, useState } from 'react'
import { useParams } from 'wouter'
import { dropMark, goOnForgetting } from '#client/app/phone/to-forget.ts'
import { createOwnCodeDemand } from '#client/http/own-code-demand.ts'
import { shownProblem } from '#client/http/shown-problem.ts'
import { type Tools, useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { createPersonSessions, type OpenPerson } from '#client/identity/sessions/person-sessions.ts'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { EmptyState, Loading } from '#client/ui/feedback/states.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { keepInEntry, keptInEntry } from '#client/ui/state/history-entry.ts'
import { asId, type CaseId, ID_PATTERN, type ParticipantId } from '#shared/kernel/ids.ts'
import { forgetCase } from './case-on-device.ts'
import { RoomRoute } from './room.tsx'

type Entry =
  | { readonly kind: 'looking' }
  | { readonly kind: 'session'; readonly session: RoomSession }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly problem: ShownProblem }

export function RoomEntryRoute() {
  const t = useTexts()
  const { caseId: named = '' } = useParams()
  const caseId = ID_PATTERN.test(named) ? asId<CaseId>(named) : undefined
  const tools = useTools()
  const [entry, setEntry] = useState<Entry>({ kind: 'looking' })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn looks again
  useEffect(() => {
    let over = false
    const find = async (): Promise<Entry> => {
      if (caseId === undefined) return { kind: 'refused', problem: { kind: 'not-found' } }
      const mark = markInEntry()
      const person = mark === 'staff' ? undefined : tools.once(createPersonSessions).inCase(caseId, mark)
      // Said at the code, not only guessed because this person is not remembered here: what waited when it was said to be theirs goes.
      if (person && !person.keep && keptInEntry('notMine') === true) forgetCase(person).catch(() => undefined)
      if (person) await whatWasLeft(person)
      const session = person ? personSession(tools, person) : await staffSession(tools, caseId)
      return session ? { kind: 'session', session } : { kind: 'nobody' }
    }
    find().then(
      (found) => !over && setEntry(found),
      (error: unknown) => !over && setEntry({ kind: 'refused', problem: shownProblem(error) }),
    )
    return () => {
      over = true
    }
  }, [caseId, tools, turn])
  switch (entry.kind) {
    case 'looking':
      return <Loading />
    case 'session':
      return <RoomRoute session={entry.session} />
    case 'refused':
      return (
        <PageFrame header={<PageHeader home="/" />} width="narrow">
          <ErrorState problem={entry.problem} onRetry={() => setTurn(turn + 1)} />
        </PageFrame>
      )
    case 'nobody':
      return (
        <PageFrame header={<PageHeader home="/" />} width="narrow">
          <EmptyState
            icon="link"
            title={t('app.room.nobody')}
            actions={<LinkButton href="/sign-in">{t('app.room.nobody.sign-in')}</LinkButton>}
          >
            <p>{t('app.room.nobody.text')}</p>
          </EmptyState>
        </PageFrame>
      )
  }
}

/** What is still to be taken off this device goes before anything is kept on it anew: nothing of what comes now may go with it. */
async function whatWasLeft(whose: OpenPerson): Promise<void> {
  await goOnForgetting().catch(() => undefined)
  dropMark(whose)
}

/** What the way here left in this tab's history: it ends with the tab, as the session's own cookie does. */
function markInEntry(): ParticipantId | 'staff' | undefined {
  if (keptInEntry('staff') !== undefined) return 'staff'
  const id = keptInEntry('participantId')
  return typeof id === 'string' && ID_PATTERN.test(id) ? asId<ParticipantId>(id) : undefined
}

function personSession(tools: Tools, { caseId, participantId, keep }: OpenPerson): RoomSession {
  const people = tools.once(createPersonSessions)
  return {
    caseId,
    participantId,
    keep,
    storeOutbox: keep,
    besides: () => people.besides(caseId, participantId),
    ownCode: createOwnCodeDemand(),
    async freshToken(options) {
      const token = await people.freshToken(participantId, options)
      // given away in another window of this browser
      if (token === 'ended' && people.isHeld(participantId))
        void import('#client/app/phone/cover-phone.ts').then(({ coverPhone }) => coverPhone(window, { caseId, participantId }))
      return token
    },
    onGone() {
      // the server has ended the session already or ends it by itself; here it is forgotten in any case
      // (the room itself shows the last screen: nobody is thrown out of it)
      people.leave(participantId).catch(() => undefined)
    },
  }
}

async function staffSession(tools: Tools, caseId: CaseId): Promise<RoomSession | undefined> {
  // a party's page never loads what only mediators need
  const [{ createStaffSession }, { invitationList }] = await Promise.all([
    import('#client/identity/sessions/staff-session.ts'),
    import('#shared/identity/invitation-protocol.ts'),
  ])
  const staff = tools.once(createStaffSession)
  if (staff.state().kind === 'unknown') await staff.start()
  if (staff.state().kind !== 'signed-in') return undefined
  keepInEntry('staff', true)
  return {
    caseId,
    keep: false,
    storeOutbox: false,
    home: `/office/cases/${caseId}`,
    freshToken: (options) => staff.freshToken(options),
    async phones() {
      const { invitations } = await staff.call(invitationList, { caseId })
      return new Map(
        invitations.flatMap(({ participantId, contacts }) => (contacts.phone ? [[participantId, contacts.phone] as const] : [])),
      )
    },
    onGone: () => undefined,
  }
}
