// Where somebody came late: what they read of this room, and, for those whose words these are, the button that opens earlier ones.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { canOpenEarlier } from '#shared/rooms/room-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { OpenEarlierDialog } from './OpenEarlierDialog.tsx'

interface LateLineProps {
  readonly audience: Audience
  readonly person: ParticipantId
}

export function LateLine({ audience, person }: LateLineProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const room = useSlice(roomFold, audience) ?? roomFold.initial
  const [asking, setAsking] = useState(false)
  const member = room.members[person]
  if (!member) return null
  const { wordsAfter, since, at } = member
  const time = f.time(at)
  const name = nameIn(state, person) ?? ''
  const reach = wordsAfter === 0 ? 'whole' : wordsAfter < since - 1 ? 'part' : 'none'
  const mayOpen = reach !== 'whole' && person !== me.id && canOpenEarlier(me, { audience, room, phase: state.phase, from: wordsAfter })
  return (
    <>
      {t('messaging.event', { time, words: person === me.id ? t(`rooms.late.you.${reach}`) : t(`rooms.late.they.${reach}`, { name }) })}
      {mayOpen && (
        <>
          {' '}
          <Button size="s" kind="quiet" onClick={() => setAsking(true)}>
            {t('rooms.late.open')}
          </Button>
        </>
      )}
      {asking && <OpenEarlierDialog audience={audience} person={person} onClose={() => setAsking(false)} />}
    </>
  )
}
