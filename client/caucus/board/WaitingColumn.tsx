import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import type { PersonView } from '#client/rooms/people.ts'
import { minutesSince, useNow } from '#client/rooms/use-now.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import type { Arrivals, WaitingPerson } from '#client/rooms/waiting-people.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { type Audience, directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { procedureFold } from '#shared/rooms/procedure-state.ts'
import { canAdmit } from '#shared/rooms/room-policy.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { BoardPerson, Column } from './Column.tsx'
import { HiddenNews } from './HiddenNews.tsx'
import type { NextStep } from './next-step.ts'

interface WaitingColumnProps {
  readonly arrivals: Arrivals
  readonly next: NextStep | undefined
  readonly onEnter: (audience: Audience) => void
  readonly onRemove: (person: PersonView) => void
  /** What capabilities to the right know of somebody before they are let in. */
  readonly noteOf?: ((person: ParticipantId) => ReactNode) | undefined
}

/** One queue, one list: who waits at the door and how long, who has not come yet. */
export function WaitingColumn({ arrivals: { waiting, absent }, next, onEnter, onRemove, noteOf }: WaitingColumnProps) {
  const t = useTexts()
  const f = useFormats()
  const called = useShortNames()
  return (
    <Column
      who="self"
      icon="clock"
      title={t('caucus.board.waiting')}
      note={t('caucus.board.waiting-count', { count: waiting.length })}
      people={f.list(waiting.map(({ person }) => called(person.name)))}
      isNext={waiting.length > 0}
    >
      {waiting.map((each) => (
        <Waiting key={each.person.id} waiting={each} next={next} onEnter={onEnter} onRemove={onRemove} noteOf={noteOf} />
      ))}
      {absent.length > 0 && (
        <div className="caucus-board-absent">
          <h3>{t('caucus.board.absent')}</h3>
          {absent.map((person) => (
            <p key={person.id}>{person.name}</p>
          ))}
        </div>
      )}
    </Column>
  )
}

/** Somebody who is not let in to all yet, with what the mediator can do. */
export function Waiting({
  waiting: { person, since, confirmed, inside },
  next,
  onEnter,
  onRemove,
  noteOf,
}: { waiting: WaitingPerson } & Omit<WaitingColumnProps, 'arrivals'>) {
  const t = useTexts()
  const now = useNow()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const may = canAdmit(me, { ...state, arrived: true, confirmed })
  const apart = useSlice(procedureFold, 'case')?.caucusOnly ?? false
  const audience = directAudience(person.id)
  const isNext = next !== undefined && 'admit' in next && next.admit === person.id
  const words = !confirmed
    ? t('caucus.board.not-confirmed')
    : !state.session
      ? t('caucus.board.start-first')
      : inside
        ? t('caucus.board.inside-own')
        : t('caucus.board.waits', { count: minutesSince(since, now) })
  return (
    <article className="caucus-board-waiting" data-who={person.who} aria-label={person.name}>
      <BoardPerson person={person} onRemove={onRemove} />
      <p className="caucus-board-note" role={problem ? 'alert' : undefined}>
        {problem ? problemWords(problem, t) : words}
      </p>
      {noteOf?.(person.id)}
      {may && (
        <div className="caucus-board-admit">
          {!apart && (
            <Button
              size="s"
              kind={isNext ? 'who' : 'plain'}
              who="joint"
              wide
              busy={busy}
              onClick={() => void run(personAdmit, { participantId: person.id, to: 'all' })}
            >
              {t('caucus.board.admit-all')}
            </Button>
          )}
          {!inside && (
            <Button
              size="s"
              kind={apart && isNext ? 'who' : 'plain'}
              who={person.who}
              wide
              busy={busy}
              onClick={() => void run(personAdmit, { participantId: person.id, to: 'side' })}
            >
              {t('caucus.board.admit-side')}
            </Button>
          )}
        </div>
      )}
      <HiddenNews audience={audience} />
      <Button size="s" kind="quiet" icon="pen" onClick={() => onEnter(audience)}>
        {t('caucus.board.write')}
      </Button>
    </article>
  )
}
