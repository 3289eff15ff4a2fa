// The rooms of somebody who was let in: people, conversation, draft; for the mediator also the board.
import { useEffect, useState } from 'react'
import { CallMediator } from '#client/caucus/CallMediator.tsx'
import { InvitationBanner } from '#client/caucus/InvitationBanner.tsx'
import { InviteDialog } from '#client/caucus/InviteDialog.tsx'
import { StepOver } from '#client/caucus/StepOver.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useTalk } from '#client/messaging/use-talk.tsx'
import { CaseBanners } from '#client/rooms/CaseBanners.tsx'
import { HelpPanel } from '#client/rooms/HelpPanel.tsx'
import { LeaveDialog } from '#client/rooms/LeaveDialog.tsx'
import { OfflineBanner } from '#client/rooms/OfflineBanner.tsx'
import { PeopleSide } from '#client/rooms/PeopleSide.tsx'
import { RoomHeader } from '#client/rooms/RoomHeader.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useConnected, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import type { MenuItem } from '#client/ui/actions/Menu.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { RoomFrame, type RoomPart } from '#client/ui/frame/RoomFrame.tsx'
import { canLeaveMediation } from '#shared/cases/case-policy.ts'
import { mediatorsOf } from '#shared/cases/case-state.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { inRoom } from '#shared/rooms/room-state.ts'
import { BoardArea } from './BoardArea.tsx'
import { BoardFrame } from './BoardFrame.tsx'
import { DraftColumn } from './DraftColumn.tsx'
import { NoteSheet } from './NoteSheet.tsx'
import { longTitleOf } from './room-title.ts'
import { TalkArea } from './TalkArea.tsx'
import { TextTold } from './TextTold.tsx'
import { useDraftNews } from './use-draft-news.ts'
import { useDraftWanted } from './use-draft-wanted.ts'
import { usePhones } from './use-phones.ts'
import { type Rooms as OpenRooms, useRooms } from './use-rooms.ts'

interface InsideProps {
  readonly items: readonly MenuItem[]
  readonly session: RoomSession
  readonly onReload: () => void
}

type Asking = { readonly kind: 'leave' } | { readonly kind: 'invite' | 'step-over'; readonly side: SideId }

export function Inside(props: InsideProps) {
  const [notes, setNotes] = useState(false)
  return (
    <>
      <Rooms {...props} notes={notes} onNotes={setNotes} />
      {notes && <NoteSheet onClose={() => setNotes(false)} />}
    </>
  )
}

interface RoomsProps extends InsideProps {
  /** The mediator's own notes lie over whatever is shown. */
  readonly notes: boolean
  readonly onNotes: (shown: boolean) => void
}

function Rooms({ items, session, onReload, notes, onNotes }: RoomsProps) {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const connected = useConnected()
  const { guard } = useTalk()
  const mediating = mediates(me)
  const phones = usePhones(session)
  const [board, setBoard] = useState(mediating)
  const [part, setPart] = useState<RoomPart>('talk')
  const draftNews = useDraftNews(part === 'draft')
  const [drawer, setDrawer] = useState(false)
  const [asking, setAsking] = useState<Asking>()
  const rooms = useRooms(!board && part === 'talk')
  const { current } = rooms
  const draftWanted = useDraftWanted(part === 'draft')
  const mayDraft = inRoom(view, 'all', me.id)
  useTitle(state.facts?.title, rooms, part)

  const enter = (audience: Audience) => {
    rooms.enter(audience)
    setBoard(false)
    setPart('talk')
    setDrawer(false)
  }
  const mediators = mediatorsOf(state)
  const mediator = mediators.find(({ id }) => connected.has(id)) ?? mediators[0]
  const note =
    mediating || !mediator
      ? undefined
      : connected.has(mediator.id)
        ? t('rooms.people.mediator-here', { name: mediator.name })
        : t('rooms.people.mediator-away', { name: mediator.name })
  const menu: readonly MenuItem[] = [
    ...items,
    ...(mediating ? [{ id: 'notes', label: t('rooms.notes'), icon: 'note' as const, onSelect: () => onNotes(true) }] : []),
    ...(canLeaveMediation(me, state)
      ? [{ id: 'leave', label: t('rooms.leave.item'), icon: 'leave' as const, danger: true, onSelect: () => setAsking({ kind: 'leave' }) }]
      : []),
  ]
  const calls = (room: RoomView) => room.kind === 'side' && mediating && view.state(caucusFold, room.audience)?.call !== undefined
  const banners = (
    <>
      <OfflineBanner />
      <CaseBanners onReload={onReload} />
      <TextTold
        shown={board ? 'never' : part === 'draft' ? 'alone' : 'beside'}
        onShow={() => {
          setBoard(false)
          setPart('draft')
        }}
      />
    </>
  )
  const header = (
    <RoomHeader
      title={state.facts?.title ?? ''}
      heading={!board}
      held={guard.held.length}
      items={menu}
      {...(note === undefined ? {} : { note })}
    >
      {mediating && (
        <span className="rooms-board-button app-notes-button">
          <Button kind="plain" icon="note" aria-expanded={notes} onClick={() => onNotes(!notes)}>
            {t('rooms.notes')}
          </Button>
        </span>
      )}
      {mediating && (
        <span className="rooms-board-button">
          <Button kind="plain" icon={board ? 'people' : 'door'} onClick={() => setBoard(!board)}>
            {board ? t('rooms.talk-short') : t('rooms.board-short')}
          </Button>
        </span>
      )}
    </RoomHeader>
  )
  const dialogs = (
    <>
      {asking?.kind === 'leave' && <LeaveDialog onClose={() => setAsking(undefined)} />}
      {asking?.kind === 'invite' && (
        <InviteDialog sideId={asking.side} phones={phones} onClose={() => setAsking(undefined)} onInvited={() => setAsking(undefined)} />
      )}
      {asking?.kind === 'step-over' && (
        <StepOver
          sideId={asking.side}
          onClose={() => setAsking(undefined)}
          onEntered={() => {
            setAsking(undefined)
            enter(sideAudience(asking.side))
          }}
        />
      )}
    </>
  )
  if (board) {
    return (
      <BoardFrame header={header} banners={banners}>
        <PartBoundary>
          <BoardArea rooms={rooms.rooms} unreadOf={rooms.unreadOf} phones={phones} onEnter={enter} />
        </PartBoundary>
        {dialogs}
      </BoardFrame>
    )
  }
  const unread = rooms.rooms.reduce((sum, room) => sum + (room === current && part === 'talk' ? 0 : rooms.unreadOf(room.audience)), 0)
  const side = me.sideId
  return (
    <>
      <RoomFrame
        header={header}
        banner={
          <Stack gap={2}>
            {banners}
            {side && <InvitationBanner sideId={side} onStepOver={() => setAsking({ kind: 'step-over', side })} />}
          </Stack>
        }
        side={
          <Stack gap={5}>
            <PartBoundary>
              <PeopleSide
                rooms={rooms.rooms}
                titleOf={(room) => longTitleOf(room, me, t)}
                noteOf={(room) => (calls(room) ? t('ui.calling') : mediating ? t('rooms.people.quiet') : t('rooms.people.only-two'))}
                onEnter={(room) => enter(room.audience)}
              />
            </PartBoundary>
            {side && <CallMediator sideId={side} />}
            {mediating && (
              <Button icon="door" wide onClick={() => setBoard(true)}>
                {t('rooms.board')}
              </Button>
            )}
            <HelpPanel />
          </Stack>
        }
        talk={
          current && (
            <PartBoundary of={current.audience}>
              <TalkArea
                rooms={rooms}
                room={current}
                calling={calls}
                onInvite={(each) => setAsking({ kind: 'invite', side: each })}
                onStepOver={(each) => setAsking({ kind: 'step-over', side: each })}
              />
            </PartBoundary>
          )
        }
        draft={mayDraft ? draftWanted ? <DraftColumn session={session} /> : <div /> : undefined}
        part={part}
        onPart={setPart}
        tabs={[
          { id: 'talk', label: t('rooms.tab.talk'), icon: 'people', unread },
          ...(mayDraft ? [{ id: 'draft' as const, label: t('rooms.tab.draft'), icon: 'pen' as const, unread: draftNews }] : []),
          { id: 'side', label: t('rooms.tab.help'), icon: 'hand' },
        ]}
        sideLabel={t('rooms.side')}
        drawerOpen={drawer}
        onDrawer={setDrawer}
      />
      {dialogs}
    </>
  )
}

/** The window's own title says that something is new, never what or from whom. */
function useTitle(title: string | undefined, { rooms, unreadOf }: OpenRooms, part: RoomPart) {
  const unread = rooms.reduce((sum, room) => sum + unreadOf(room.audience), 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part shows the title anew
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title ?? ''} · Bitim`
    return () => {
      document.title = 'Bitim'
    }
  }, [title, unread, part])
}
