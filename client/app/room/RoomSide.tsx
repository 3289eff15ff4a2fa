// Beside a conversation: who is where, the ways to the mediator and to the board, help.
import { CallMediator } from '#client/caucus/CallMediator.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { HelpPanel } from '#client/rooms/HelpPanel.tsx'
import { PeopleSide } from '#client/rooms/PeopleSide.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { AlertsSet } from './Alerted.tsx'
import { longTitleOf } from './room-title.ts'
import { useCalled } from './use-called.ts'

interface RoomSideProps {
  readonly rooms: readonly RoomView[]
  readonly onEnter: (audience: Audience) => void
  readonly onBoard: () => void
}

export function RoomSide({ rooms, onEnter, onBoard }: RoomSideProps) {
  const t = useTexts()
  const { me } = useCase()
  const f = useFormats()
  const view = useView()
  const calling = useCalled()
  const mediating = mediates(me)
  return (
    <Stack gap={5}>
      <PartBoundary>
        <PeopleSide
          rooms={rooms}
          titleOf={(room) => longTitleOf(room, me, t)}
          noteOf={(room) => {
            if (calling(room)) return t('ui.calling')
            if (!mediating) return t('rooms.people.only-two')
            const { caucus } = view.state(caucusFold, room.audience) ?? caucusFold.initial
            if (caucus.stage === 'open') return t('caucus.bar.open', { time: f.time(caucus.at) })
            return caucus.stage === 'invited' ? t('caucus.bar.invited-by-you', { time: f.time(caucus.at) }) : t('rooms.people.quiet')
          }}
          onEnter={(room) => onEnter(room.audience)}
        />
      </PartBoundary>
      {me.sideId && <CallMediator sideId={me.sideId} />}
      {mediating && (
        <Button icon="door" wide onClick={onBoard}>
          {t('rooms.board')}
        </Button>
      )}
      <HelpPanel />
      <AlertsSet />
    </Stack>
  )
}
