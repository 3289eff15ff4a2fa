// From the first line to the last screen: what a person sees of a case depends on what its log says of them.
import { type ComponentProps, type ReactNode, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import type { AskOwnCodeShown } from '#client/app/phone/AskOwnCode.tsx'
import type { BesideSomebodyShown } from '#client/app/phone/BesideSomebody.tsx'
import type { GiveAwayShown } from '#client/app/phone/GiveAway.tsx'
import { GiveAwayContext, SharedPhone } from '#client/app/phone/SharedPhone.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { OwnCodeDemand } from '#client/http/own-code-demand.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import type { OpenPerson } from '#client/identity/sessions/person-sessions.ts'
import type { SaidByMediator } from '#client/messaging/SaidByMediator.tsx'
import { useTalk } from '#client/messaging/use-talk.tsx'
import { useCaseClient, useCaseSnapshot, useConnectionState, useSlice } from '#client/realtime/use-case.tsx'
import { AloudContext } from '#client/rooms/aloud/AloudHere.tsx'
import { ConfirmAgreement } from '#client/rooms/ConfirmAgreement.tsx'
import { LeftScreen, OutdatedScreen, ShutScreen } from '#client/rooms/EndScreens.tsx'
import type { LeaveDialog } from '#client/rooms/LeaveDialog.tsx'
import { Opening } from '#client/rooms/Opening.tsx'
import { RoomHeader } from '#client/rooms/RoomHeader.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { stageOf } from '#client/rooms/stage-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { WaitingRoom } from '#client/rooms/WaitingRoom.tsx'
import type { MenuItem } from '#client/ui/actions/Menu.tsx'
import { type BrokenPart, PartBoundary, PartFailed } from '#client/ui/feedback/PartBoundary.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import { canLeaveMediation } from '#shared/cases/case-policy.ts'
import { mediatorsOf } from '#shared/cases/case-state.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { Alerted, AlertsSet } from './Alerted.tsx'
import { Aloud } from './Aloud.tsx'
import { BeforeNotes, BeforeTopics } from './Before.tsx'
import { Blocked } from './Blocked.tsx'
import { ConsentsAsked } from './Grants.tsx'
import type { Inside } from './Inside.tsx'
import { Minor } from './Minor.tsx'
import { OwnNotes } from './OwnNotes.tsx'
import type { TalkAreaDirect } from './TalkAreaDirect.tsx'
import { useOwnLanguage } from './use-own-language.ts'
import { useRooms } from './use-rooms.ts'
import { useWindowTitle } from './use-window-title.ts'
import { WaitingShown } from './WaitingShown.tsx'

interface RoomStageProps {
  readonly session: RoomSession
  /** This person has left, or was taken out: everything of the case on this device goes. */
  readonly onGone: () => void
  readonly onReload: () => void
  readonly onNavigate: (path: string) => void
}

const INSIDE: Part<ComponentProps<typeof Inside>> = { groups: ['room'], load: async () => (await import('./Inside.tsx')).Inside }
const DIRECT: Part<ComponentProps<typeof TalkAreaDirect>> = {
  groups: ['room'],
  load: async () => (await import('./TalkAreaDirect.tsx')).TalkAreaDirect,
}

const SAID: Part<ComponentProps<typeof SaidByMediator>> = {
  groups: [],
  load: async () => (await import('#client/messaging/SaidByMediator.tsx')).SaidByMediator,
}

const GIVING: Part<GiveAwayShown> = {
  groups: ['phone'],
  load: async () => (await import('#client/app/phone/GiveAway.tsx')).GiveAway,
}

const BESIDE: Part<BesideSomebodyShown> = {
  groups: ['phone'],
  load: async () => (await import('#client/app/phone/BesideSomebody.tsx')).BesideSomebody,
}

const OWN_CODE: Part<AskOwnCodeShown> = {
  groups: ['phone'],
  load: async () => (await import('#client/app/phone/AskOwnCode.tsx')).AskOwnCode,
}

const LEAVING: Part<ComponentProps<typeof LeaveDialog>> = {
  groups: ['leave'],
  load: async () => (await import('#client/rooms/LeaveDialog.tsx')).LeaveDialog,
}

const whole = <T,>(snapshot: T) => snapshot

export function RoomStage({ session, onGone, onReload, onNavigate }: RoomStageProps) {
  const client = useCaseClient()
  const t = useTexts()
  const snapshot = useCaseSnapshot(whole)
  const connection = useConnectionState()
  const live = stageOf(snapshot, connection, client.caseId)
  // once gone, the device forgets and nothing that comes later changes the last screen
  const [last, setLast] = useState<{ readonly kind: 'removed' } | { readonly kind: 'left'; readonly mediator: string } | undefined>()
  const leaving = live.kind === 'left' ? (mediatorsOf(live.state)[0]?.name ?? '') : undefined
  const removed = live.kind === 'shut' && live.reason === 'left'
  useEffect(() => {
    if (leaving === undefined && !removed) return
    setLast((before) => before ?? (leaving === undefined ? { kind: 'removed' } : { kind: 'left', mediator: leaving }))
    onGone()
  }, [leaving, removed, onGone])
  // one comes from the foot of a long page: the next begins at its head
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage is what it follows
  useLayoutEffect(() => {
    document.documentElement.scrollTop = 0
  }, [live.kind])
  useFreshPresence()
  useOwnLanguage()
  if (last?.kind === 'left') return <LeftScreen mediator={last.mediator} />
  if (last?.kind === 'removed') return <ShutScreen reason="left" home={undefined} />
  const items: readonly MenuItem[] = session.home
    ? [{ id: 'home', label: t('rooms.office'), icon: 'file', onSelect: () => onNavigate(session.home ?? '/') }]
    : []
  switch (live.kind) {
    case 'opening':
      return <Opening blocked={<Blocked />} />
    case 'outdated':
      return <OutdatedScreen onReload={onReload} />
    case 'shut':
      return <ShutScreen reason={live.reason} home={session.home && '/sign-in'} />
    case 'left':
      return <LeftScreen mediator={leaving ?? ''} />
    case 'confirming':
      return (
        <Leavable items={items} session={session}>
          {(menu) => <ConfirmAgreement items={menu} who={<SharedPhone />} />}
        </Leavable>
      )
    case 'waiting':
      return (
        <Leavable items={items} session={session}>
          {(menu, leave) => <Waiting items={menu} session={session} onLeave={leave} />}
        </Leavable>
      )
    case 'inside':
      return (
        <Leavable items={items} session={session}>
          {(menu) => (
            <PartBoundary fallback={(part) => <RoomFailed items={menu} part={part} />}>
              <LazyPart part={INSIDE} props={{ items: menu, session, onReload }} />
            </PartBoundary>
          )}
        </Leavable>
      )
  }
}

/** Where no part has caught a fault of its own: leaving stays possible. */
function RoomFailed({ items, part }: { items: readonly MenuItem[]; part: BrokenPart }) {
  const { state } = useCase()
  const header = <RoomHeader title={state.facts?.title ?? ''} heading items={items} />
  return (
    <PageFrame width="narrow" header={<header className="ui-header">{header}</header>}>
      <PartFailed {...part} />
    </PageFrame>
  )
}

/** Leaving is within reach of a side on every screen (art. 5(2)); nobody else has a mediation to leave. */
function Leavable({
  items,
  session,
  children,
}: {
  items: readonly MenuItem[]
  session: RoomSession
  children: (menu: readonly MenuItem[], leave: (() => void) | undefined) => ReactNode
}) {
  const t = useTexts()
  const { state, me } = useCase()
  const [asking, setAsking] = useState(false)
  const [giving, setGiving] = useState(false)
  const give = useCallback(() => setGiving(true), [])
  const hasOwn = session.participantId !== undefined
  const [beside, setBeside] = useState<readonly OpenPerson[]>([])
  useEffect(() => void session.besides?.().then(setBeside), [session])
  const leave = canLeaveMediation(me, state) ? () => setAsking(true) : undefined
  const menu: readonly MenuItem[] = [
    ...items,
    ...(hasOwn ? [{ id: 'phone', label: t('rooms.phone.item'), icon: 'device' as const, onSelect: give }] : []),
    ...(leave ? [{ id: 'leave', label: t('rooms.leave.item'), last: true, onSelect: leave }] : []),
  ]
  const [other, ...more] = beside
  if (other) return <LazyPart key={other.participantId} part={BESIDE} props={{ other, onOut: () => setBeside(more) }} />
  return (
    <GiveAwayContext value={hasOwn ? give : undefined}>
      <AloudContext value={Aloud}>{children(menu, leave)}</AloudContext>
      {giving && <LazyDialog part={GIVING} props={{ session, onClose: () => setGiving(false) }} title={t('rooms.phone.item')} />}
      {asking && <LazyDialog part={LEAVING} props={{ onClose: () => setAsking(false) }} title={t('rooms.leave.item')} />}
      {session.ownCode && <OwnCodeAsked demand={session.ownCode} />}
    </GiveAwayContext>
  )
}

/** Over whatever else asks for something: what it waits for is this code. */
function OwnCodeAsked({ demand }: { readonly demand: OwnCodeDemand }) {
  const t = useTexts()
  const asked = useStore(demand)
  if (!asked) return null
  const { isNew, isLocked, answer } = asked
  const props = { isNew, isLocked, onTaken: () => answer(true), onClose: () => answer(false) }
  return <LazyDialog part={OWN_CODE} props={props} title={t('rooms.phone.code')} />
}

function Waiting({ items, session, onLeave }: { items: readonly MenuItem[]; session: RoomSession; onLeave: (() => void) | undefined }) {
  const [reading, setReading] = useState(false)
  const rooms = useRooms(reading)
  useWindowTitle(rooms.news)
  const { guard } = useTalk()
  const { current } = rooms
  const hasWords = (useSlice(messagingFold, current?.audience ?? 'all') ?? messagingFold.initial).messages.size > 0
  return (
    <>
      <Alerted count={rooms.news} spoke={false} />
      <WaitingRoom
        said={
          <>
            <SharedPhone />
            <Minor />
            <WaitingShown />
            <ConsentsAsked />
            {current && hasWords && !reading && <QuietPart part={SAID} props={{ audience: current.audience }} />}
            {!reading && <BeforeNotes session={session} />}
          </>
        }
        topics={
          <>
            <BeforeTopics />
            <OwnNotes />
            <AlertsSet />
          </>
        }
        items={items}
        held={guard.held.length}
        unread={current ? rooms.unreadOf(current.audience) : 0}
        onReading={setReading}
        onLeave={onLeave}
        talk={
          current && (
            <PartBoundary>
              <LazyPart part={DIRECT} props={{ room: current }} />
            </PartBoundary>
          )
        }
      />
    </>
  )
}

/** Whoever comes in may have been connected for long: who is, is asked anew with every change of the joint room. */
function useFreshPresence() {
  const client = useCaseClient()
  const members = useSlice(roomFold, 'all')?.members
  useEffect(() => {
    if (members) client.awake()
  }, [members, client])
}
