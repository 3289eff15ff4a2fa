import { useCaucus } from '#client/caucus/use-caucus.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useUnread } from '#client/messaging/use-unread.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import type { PersonView } from '#client/rooms/people.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import { minutesSince, useNow } from '#client/rooms/use-now.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import type { WaitingPerson } from '#client/rooms/waiting-people.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { nameIn } from '#shared/cases/case-state.ts'
import { isMediationOver } from '#shared/cases/phases.ts'
import { canInviteToCaucus } from '#shared/caucus/caucus-policy.ts'
import { callAnswer } from '#shared/caucus/caucus-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { BoardPerson, Column } from './Column.tsx'
import { HiddenNews } from './HiddenNews.tsx'
import type { NextStep } from './next-step.ts'
import { Waiting } from './WaitingColumn.tsx'

interface SideColumnProps {
  readonly room: RoomView
  readonly sideId: SideId
  readonly next: NextStep | undefined
  /** Those of the case who stand with their side now; the others are in the joint session. */
  readonly here: ReadonlySet<ParticipantId>
  /** Those who stand in a room for some. */
  readonly inGroup: ReadonlyMap<ParticipantId, Audience>
  /** Let into this room first, and not to all yet. */
  readonly ownRoom: readonly WaitingPerson[]
  readonly onEnter: () => void
  readonly onWrite: (audience: Audience) => void
  readonly onInvite: () => void
  readonly onRemove: (person: PersonView) => void
}

export function SideColumn({ room, sideId, next, here, inGroup, ownRoom, onEnter, onWrite, onInvite, onRemove }: SideColumnProps) {
  const t = useTexts()
  const f = useFormats()
  const now = useNow()
  const unread = useUnread()(room.audience).length
  const called = useShortNames()
  const { state, me } = useCase()
  const caucus = useCaucus(sideId)
  const { run, busy, problem } = useCommand()
  const people = otherReaders(room, me.id)
  const shown = people.filter(({ id }) => here.has(id) && !ownRoom.some(({ person }) => person.id === id))
  const isNext = next !== undefined && 'invite' in next && next.invite === sideId
  const mayInvite = people.length > 0 && canInviteToCaucus(me, sideId, state, caucus)
  const over = state.phase === 'closed'
  const left = state.leftAt[sideId] !== undefined
  const note = over
    ? t('caucus.board.ended')
    : caucus.caucus.stage === 'open'
      ? t('caucus.board.talk-for', { count: minutesSince(caucus.caucus.at, now) })
      : caucus.caucus.stage === 'invited'
        ? t('caucus.board.invited-for', { count: minutesSince(caucus.caucus.at, now) })
        : t('caucus.board.quiet')
  const asks =
    !over && caucus.call ? t(`caucus.board.calls.${caucus.call.reason}`, { name: called(nameIn(state, caucus.call.by) ?? '') }) : undefined
  const asksFor = caucus.call && t('caucus.board.waits', { count: minutesSince(caucus.call.at, now) })
  return (
    <Column
      who={room.who}
      icon="lock"
      title={room.side?.name ?? ''}
      short={called(room.side?.name ?? '')}
      note={note}
      people={f.list([...ownRoom.map(({ person }) => person), ...shown].map(({ name }) => called(name)))}
      asks={asks && `${asks} · ${asksFor}`}
      unread={unread}
      isNext={isNext}
      action={
        <>
          {mayInvite && (
            <Button kind={isNext ? 'who' : 'plain'} who={room.who} wide onClick={onInvite}>
              {t('caucus.board.invite')}
            </Button>
          )}
          <Button kind={mayInvite ? 'quiet' : 'plain'} wide onClick={onEnter}>
            {t('caucus.board.enter')}
          </Button>
        </>
      }
    >
      {people.length === 0 && (
        <p className="caucus-board-empty">
          {t(left ? 'caucus.board.side-left' : isMediationOver(state.phase) ? 'caucus.board.side-never' : 'caucus.board.side-empty')}
        </p>
      )}
      {!over && people.length > 0 && shown.length + ownRoom.length === 0 && (
        <p className="caucus-board-empty">
          {t(people.every(({ id }) => inGroup.has(id)) ? 'caucus.board.side-elsewhere' : 'caucus.board.side-joint')}
        </p>
      )}
      {ownRoom.map((each) => (
        <Waiting key={each.person.id} waiting={each} next={next} onEnter={onWrite} onRemove={onRemove} />
      ))}
      {shown.map((person) => (
        <BoardPerson key={person.id} person={person} onRemove={onRemove} />
      ))}
      {asks && (
        <div className="caucus-board-call">
          <span>
            {asks}
            <small>{asksFor}</small>
          </span>
          <Button size="s" busy={busy} onClick={() => void run(callAnswer, { sideId })}>
            {t('caucus.bar.answer')}
          </Button>
          {problem && <p role="alert">{problemWords(problem, t)}</p>}
        </div>
      )}
      <HiddenNews audience={room.audience} />
    </Column>
  )
}
