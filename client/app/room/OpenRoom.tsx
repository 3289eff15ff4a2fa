// One room: the people, the conversation, the draft, beside each other or one at a time.
import type { ReactNode } from 'react'
import { InvitationBanner } from '#client/caucus/InvitationBanner.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Stack } from '#client/ui/base/layout.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { RoomFrame, type RoomPart } from '#client/ui/frame/RoomFrame.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import type { AskedCaucus } from './CaucusDialogs.tsx'
import { GroupInvitations } from './Groups.tsx'
import { SideArea } from './SideArea.tsx'
import { TalkArea } from './TalkArea.tsx'
import type { Place } from './use-place.ts'
import type { Rooms } from './use-rooms.ts'

interface OpenRoomProps {
  readonly header: ReactNode
  readonly banners: ReactNode
  /** Absent for whoever may not see it. */
  readonly draft: ReactNode
  readonly draftNews: number
  /** The one that is shown: of those that the person has. */
  readonly part: RoomPart
  readonly place: Place
  readonly rooms: Rooms
  readonly session: RoomSession
  readonly onEnter: (audience: Audience) => void
  readonly onAsk: (asked: AskedCaucus) => void
}

export function OpenRoom({ header, banners, draft, draftNews, part, place, rooms, session, onEnter, onAsk }: OpenRoomProps) {
  const t = useTexts()
  const side = useCase().me.sideId
  const { current } = rooms
  const unread = rooms.rooms.reduce((sum, room) => sum + (room === current && part === 'talk' ? 0 : rooms.unreadOf(room.audience)), 0)
  return (
    <RoomFrame
      header={header}
      banner={
        <Stack gap={2}>
          {side && <InvitationBanner sideId={side} onStepOver={() => onAsk({ kind: 'step-over', side })} />}
          <GroupInvitations rooms={rooms.rooms} current={part === 'talk' ? current : undefined} onEnter={onEnter} />
          {banners}
        </Stack>
      }
      side={
        <SideArea
          opened={part === 'side' || place.drawer}
          rooms={rooms.rooms}
          session={session}
          onEnter={onEnter}
          onBoard={place.showBoard}
        />
      }
      talk={
        current && (
          <PartBoundary of={current.audience}>
            <TalkArea rooms={rooms} room={current} onAsk={onAsk} />
          </PartBoundary>
        )
      }
      draft={draft}
      draftLabel={t('rooms.tab.draft')}
      part={part}
      onPart={place.showPart}
      tabs={[
        { id: 'talk', label: t('rooms.tab.talk'), icon: 'people', unread },
        ...(draft ? [{ id: 'draft' as const, label: t('rooms.tab.draft'), icon: 'pen' as const, unread: draftNews }] : []),
        { id: 'side', label: t('rooms.tab.help'), icon: 'hand' },
      ]}
      sideLabel={t('rooms.side')}
      drawerOpen={place.drawer}
      onDrawer={place.openDrawer}
    />
  )
}
