// Beside a conversation: who is where, the ways to the mediator and to the board, help.
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import type { CorrectionsShown } from '#client/cases/Corrections.tsx'
import { CallMediator } from '#client/caucus/CallMediator.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { HelpPanel } from '#client/rooms/HelpPanel.tsx'
import { PeopleSide } from '#client/rooms/PeopleSide.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import { correctionsFold } from '#shared/cases/corrections-state.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { isOfSide, mediates } from '#shared/kernel/roles.ts'
import { AlertsSet } from './Alerted.tsx'
import { BeforeNotes, BeforeTopics, FirstWords } from './Before.tsx'
import { ConsentsGiven } from './Grants.tsx'
import { OwnAccess } from './OwnAccess.tsx'
import { OwnNotes } from './OwnNotes.tsx'
import { longTitleOf } from './room-title.ts'
import { useCalled } from './use-called.ts'

/** Rare: most cases are entered without a fault. */
const CORRECTIONS: Part<CorrectionsShown> = {
  groups: ['corrections'],
  load: async () => (await import('#client/cases/Corrections.tsx')).Corrections,
}

interface RoomSideProps {
  readonly rooms: readonly RoomView[]
  readonly session: RoomSession
  readonly onEnter: (audience: Audience) => void
  readonly onBoard: () => void
}

export function RoomSide({ rooms, session, onEnter, onBoard }: RoomSideProps) {
  const t = useTexts()
  const { me, state } = useCase()
  const corrections = useSlice(correctionsFold, 'case')?.all ?? []
  const f = useFormats()
  const view = useView()
  const calling = useCalled()
  const called = useShortNames()
  const mediating = mediates(me)
  return (
    <Stack gap={5}>
      <PartBoundary>
        <PeopleSide
          rooms={rooms}
          titleOf={(room) => longTitleOf(room, me, t, called)}
          noteOf={(room) => {
            if (room.over) return t('rooms.group-over')
            if (room.group) return f.list(room.readers.map(({ name }) => called(name)))
            if (calling(room)) return t('ui.calling')
            if (!mediating) {
              const others = room.readers.filter((person) => person.id !== me.id && !mediates(person))
              return others.length === 0
                ? t('rooms.people.only-two')
                : t('rooms.people.also', { names: f.list(others.map(({ name }) => called(name))) })
            }
            const { caucus } = view.state(caucusFold, room.audience) ?? caucusFold.initial
            if (caucus.stage === 'open') return t('caucus.bar.open', { time: f.time(caucus.at) })
            return caucus.stage === 'invited' ? t('caucus.bar.invited-by-you', { time: f.time(caucus.at) }) : t('rooms.people.quiet')
          }}
          onEnter={(room) => onEnter(room.audience)}
        />
      </PartBoundary>
      {me.sideId && isOfSide(me) && <CallMediator sideId={me.sideId} />}
      {mediating && (
        <Button icon="door" wide onClick={onBoard}>
          {t('rooms.board')}
        </Button>
      )}
      <ConsentsGiven />
      {me.sideId && <OwnAccess session={session} />}
      {corrections.length > 0 && (
        <LazyPart part={CORRECTIONS} props={{ corrections, nameOf: (id) => nameIn(state, id) ?? '' }} fallback={null} />
      )}
      {me.sideId && <BeforeNotes session={session} />}
      <FirstWords />
      {me.sideId && <BeforeTopics />}
      {me.sideId && <OwnNotes />}
      <HelpPanel />
      <AlertsSet />
    </Stack>
  )
}
