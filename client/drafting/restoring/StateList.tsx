// Earlier texts by day and time, the newest first: why each was kept and who had written.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCase } from '#client/rooms/use-room.ts'
import type { SavedState } from '#shared/drafting/draft-wire.ts'
import { nameOf } from './told-words.ts'

interface StateListProps {
  /** Oldest first. */
  readonly states: readonly SavedState[]
  readonly chosen: number | undefined
  readonly onChoose: (state: SavedState) => void
}

export function StateList({ states, chosen, onChoose }: StateListProps) {
  const t = useTexts()
  const f = useFormats()
  const days = byDay(states, (at) => f.isoDate(at))
  return (
    <nav className="draft-earlier-list" aria-label={t('drafting.earlier.list')} onKeyDown={moveFocus}>
      {days.map(([first, ...rest]) => (
        <section key={first.at}>
          <h3>{f.date(first.at)}</h3>
          <ul>
            {[first, ...rest].map((each) => (
              <li key={each.revision}>
                <button
                  type="button"
                  className="draft-earlier-state"
                  data-revision={each.revision}
                  aria-current={each.revision === chosen || undefined}
                  onClick={() => onChoose(each)}
                >
                  <StateWords of={each} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

function StateWords({ of: { at, cause, authors } }: { of: SavedState }) {
  const t = useTexts()
  const f = useFormats()
  const { state } = useCase()
  return (
    <>
      <strong>{f.time(at)}</strong> <span>{t(`drafting.earlier.cause.${cause}`)}</span>
      {authors.length > 0 && (
        <small>{t('drafting.earlier.wrote', { names: f.list(authors.map((author) => nameOf(author, { t, state }))) })}</small>
      )}
    </>
  )
}

type Day = [SavedState, ...SavedState[]]

function byDay(states: readonly SavedState[], dayOf: (at: number) => string): readonly Day[] {
  const days: Day[] = []
  for (const state of [...states].reverse()) {
    const day = days.at(-1)
    if (day && dayOf(day[0].at) === dayOf(state.at)) day.push(state)
    else days.push([state])
  }
  return days
}

/** Up and down lead through the list, as in any list; Tab does, too. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const next = buttons[buttons.findIndex((each) => each.matches(':focus')) + step]
  if (step === 0 || !next) return
  event.preventDefault()
  next.focus()
}
