// The mediator's home during a session: rooms as columns, people as cards, who waits, who asks. A screen gets shared by mistake,
// so private words are not even drawn here until they are asked for.
import { type ReactNode, useState } from 'react'
import { InviteDialog } from '#client/caucus/InviteDialog.tsx'
import { SayApart } from '#client/caucus/SayApart.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { OpenGroup } from '#client/rooms/groups/OpenGroup.tsx'
import type { PersonView } from '#client/rooms/people.ts'
import { RemoveDialog } from '#client/rooms/RemoveDialog.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { SessionControls } from '#client/rooms/SessionControls.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { arrivalsOf } from '#client/rooms/waiting-people.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { isMediationOver } from '#shared/cases/phases.ts'
import { type Audience, roomAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type RoomId, type SideId } from '#shared/kernel/ids.ts'
import { canOpenGroup } from '#shared/rooms/group-policy.ts'
import { boardPlaces } from './board-places.ts'
import { GroupColumn } from './GroupColumn.tsx'
import { JointColumn } from './JointColumn.tsx'
import { nextStep } from './next-step.ts'
import { SideColumn } from './SideColumn.tsx'
import { WaitingColumn } from './WaitingColumn.tsx'
import './board.css'

/** The right to open a room is the same for each that could be. */
const ANY_ROOM = roomAudience(asId<RoomId>(''))

interface BoardProps {
  readonly rooms: readonly RoomView[]
  readonly phones: ReadonlyMap<ParticipantId, string>
  readonly onEnter: (audience: Audience) => void
  /** Who is ready to sign, codes to be read out: cards of capabilities to the right. */
  readonly cards?: ReactNode
  readonly noteOf?: (person: ParticipantId) => ReactNode
}

export function Board({ rooms, phones, onEnter, cards, noteOf }: BoardProps) {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const [inviting, setInviting] = useState<SideId>()
  const [opening, setOpening] = useState(false)
  const [removing, setRemoving] = useState<PersonView>()
  const arrivals = arrivalsOf(view, state)
  const places = boardPlaces(view, state, arrivals)
  const next = nextStep(view, me, state, places.waiting)
  const over = isMediationOver(state.phase)
  const joint = rooms.find(({ kind }) => kind === 'joint')
  return (
    <div className="caucus-board">
      <div className="caucus-board-head">
        <Stack gap={2}>
          <h1>{t('caucus.board.title')}</h1>
          {!over && <Muted>{t('caucus.board.words')}</Muted>}
          {canOpenGroup(me, ANY_ROOM, state) && (
            <Row>
              <Button icon="door" onClick={() => setOpening(true)}>
                {t('rooms.group.open')}
              </Button>
            </Row>
          )}
        </Stack>
        <SessionControls />
      </div>
      <div className="caucus-board-rooms">
        {!over && (places.waiting.length > 0 || arrivals.absent.length > 0) && (
          <WaitingColumn
            arrivals={{ ...arrivals, waiting: places.waiting }}
            next={next}
            onEnter={onEnter}
            onRemove={setRemoving}
            noteOf={noteOf}
          />
        )}
        {joint && (
          <JointColumn
            room={joint}
            elsewhere={new Set([...places.withSide, ...places.inGroup.keys()])}
            onEnter={() => onEnter(joint.audience)}
            onRemove={setRemoving}
          />
        )}
        {rooms.map((room) =>
          room.kind === 'side' && room.side ? (
            <SideColumn
              key={room.audience}
              room={room}
              sideId={room.side.id}
              next={next}
              here={places.withSide}
              inGroup={places.inGroup}
              ownRoom={over ? [] : places.ownRoom(room.side.id)}
              onWrite={onEnter}
              onEnter={() => onEnter(room.audience)}
              onInvite={() => setInviting(room.side?.id)}
              onRemove={setRemoving}
            />
          ) : room.group && !room.over ? (
            <GroupColumn
              key={room.audience}
              room={room}
              group={room.group}
              here={places.inGroup}
              onEnter={() => onEnter(room.audience)}
              onRemove={setRemoving}
            />
          ) : null,
        )}
      </div>
      <div className="caucus-board-cards">
        {cards}
        {state.session && (
          <Card as="section" tight>
            <Stack gap={3}>
              <h2>{t('caucus.board.before-apart')}</h2>
              {state.facts?.voice === 'phone' && <p>{t('caucus.board.before-apart-phone')}</p>}
              <SayApart />
            </Stack>
          </Card>
        )}
      </div>
      {inviting && (
        <InviteDialog
          sideId={inviting}
          phones={phones}
          onClose={() => setInviting(undefined)}
          onInvited={() => {
            setInviting(undefined)
            onEnter(`side:${inviting}`)
          }}
        />
      )}
      {opening && <OpenGroup onClose={() => setOpening(false)} onOpened={onEnter} />}
      {removing && <RemoveDialog person={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  )
}
