// How long this mediator was with each side: for a fair share, for their own eyes, under a fold. It judges nothing and warns of nothing.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useNow } from '#client/rooms/use-now.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Disclosure } from '#client/ui/frame/Disclosure.tsx'
import { minutesBySide, type TimeSpent } from '#shared/caucus/minutes/minutes-by-side.ts'
import { mediates } from '#shared/kernel/roles.ts'
import './minutes.css'

export function MinutesCard() {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const now = useNow()
  const called = useShortNames()
  if (!mediates(me)) return null
  const minutes = minutesBySide(view, state, me.id, now)
  if (minutes.total.whole === 0) return null
  const sides = (state.facts?.sides ?? []).map(({ id, name }) => ({ name, time: minutes.sides.get(id) ?? NONE }))
  const rest = [
    { name: t('caucus.minutes.joint'), time: minutes.joint },
    { name: t('caucus.minutes.elsewhere'), time: minutes.elsewhere },
    ...(minutes.away.whole < MINUTE ? [] : [{ name: t('caucus.minutes.away'), time: minutes.away }]),
  ]
  const longest = Math.max(1, ...sides.map(({ time }) => minutesOf(time.session)))
  return (
    <Card as="section" tight>
      <Disclosure label={t('caucus.minutes.title')}>
        <Stack gap={3}>
          <Muted small>{t('caucus.minutes.words')}</Muted>
          <table className="caucus-minutes">
            <thead>
              <tr>
                <td />
                <th scope="col">{t('caucus.minutes.session')}</th>
                <th scope="col">{t('caucus.minutes.whole')}</th>
              </tr>
            </thead>
            <tbody>
              {sides.map(({ name, time }) => (
                <Row key={name} name={called(name)} time={time} share={minutesOf(time.session) / longest} />
              ))}
            </tbody>
            <tbody className="caucus-minutes-rest">
              {rest.map(({ name, time }) => (
                <Row key={name} name={name} time={time} />
              ))}
            </tbody>
          </table>
          <Muted small>{t('caucus.minutes.counts')}</Muted>
        </Stack>
      </Disclosure>
    </Card>
  )
}

const MINUTE = 60_000
const NONE: TimeSpent = { session: 0, whole: 0 }
/** A bar says what the words beside it say. */
const minutesOf = (milliseconds: number) => Math.floor(milliseconds / MINUTE)

function Row({ name, time, share }: { name: string; time: TimeSpent; share?: number }) {
  const t = useTexts()
  const f = useFormats()
  const minutes = (milliseconds: number) => t('caucus.minutes.count', { count: f.number(minutesOf(milliseconds)) })
  return (
    <tr>
      <th scope="row">
        {name}
        {share !== undefined && (
          <span className="caucus-minutes-bar" aria-hidden="true">
            <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
          </span>
        )}
      </th>
      <td>{minutes(time.session)}</td>
      <td>{minutes(time.whole)}</td>
    </tr>
  )
}
