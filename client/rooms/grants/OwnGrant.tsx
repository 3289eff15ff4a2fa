// Whoever reads by grants alone is told in one line what they see here, and until when.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { personView } from '#client/rooms/people.ts'
import { roleBadge } from '#client/rooms/role-words.ts'
import { useNow } from '#client/rooms/use-now.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import { grantsOf } from './grants-of.ts'

/** `mayWrite`: in such a room at all. */
export function OwnGrant({ mayWrite }: { mayWrite: (audience: Audience) => boolean }) {
  const t = useTexts()
  const f = useFormats()
  const called = useShortNames()
  const { state, me } = useCase()
  const person = personView(state, me.id)
  const own = grantsOf(useView(), state, useNow()).find((each) => each.person.id === me.id)
  const rooms = own?.rooms.filter(({ grant }) => grant && grant.from === undefined) ?? []
  if (!person) return null
  const places = rooms.map(({ side, grant }) => {
    const room = side ? t('rooms.own-grant.side', { side: called(side.name) }) : t('rooms.people.joint')
    if (grant?.withSession) return t('rooms.own-grant.with-session', { room })
    return grant?.until === undefined ? room : t('rooms.own-grant.until', { room, time: f.time(grant.until) })
  })
  const writes = rooms.some(({ audience }) => mayWrite(audience))
  return (
    <Banner brief icon="eye" title={t('rooms.own-grant.title', { role: roleBadge(person, t) ?? '' })}>
      {[places.join('; '), t(writes ? 'rooms.own-grant.writes' : 'rooms.own-grant.reads')].filter(Boolean).join('. ')}
    </Banner>
  )
}
