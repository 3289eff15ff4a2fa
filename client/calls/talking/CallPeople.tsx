// Who is in the call, oneself first: speaking, muted, or not reached. Said in words too, not by a ring alone.

import type { HeardMember, InCall } from '#client/calls/own-call.ts'
import { useCallSession, useCallsHere } from '#client/calls/use-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { personView } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Icon } from '#client/ui/base/Icon.tsx'
import { VisuallyHidden } from '#client/ui/base/layout.tsx'
import { Avatar } from '#client/ui/base/surfaces.tsx'
import type { Who } from '#client/ui/base/who.ts'
import { useStore } from '#client/ui/state/use-store.ts'

type Mark = 'speaking' | 'muted' | 'heard' | 'connecting' | 'lost' | 'unreachable'

export function markOf(muted: boolean, heard: HeardMember | undefined): Mark {
  const reach = heard?.reach ?? 'connecting'
  if (reach !== 'connected') return reach
  if (muted) return 'muted'
  return heard?.speaking ? 'speaking' : 'heard'
}

export function CallPeople({ own }: { readonly own: InCall }) {
  const t = useTexts()
  const { state, me } = useCase()
  const called = useShortNames()
  const { members: heard, selfSpeaks } = useStore(useCallSession().watch.heard)
  const others = (useCallsHere().members.get(own.audience) ?? []).filter(({ mediaId }) => mediaId !== own.mediaId)
  const self = personView(state, me.id)
  return (
    <ul className="calls-people" aria-label={t('calls.people')}>
      {self && (
        <Line name={self.name} called={t('calls.you')} who={self.who} mark={own.muted ? 'muted' : selfSpeaks ? 'speaking' : 'heard'} />
      )}
      {others.map(({ mediaId, participantId, muted }) => {
        const person = personView(state, participantId)
        if (!person) return null
        return (
          <Line key={mediaId} name={person.name} called={called(person.name)} who={person.who} mark={markOf(muted, heard.get(mediaId))} />
        )
      })}
      {others.length === 0 && <li className="calls-quiet">{t('calls.alone')}</li>}
    </ul>
  )
}

function Line({ name, called, who, mark }: { readonly name: string; readonly called: string; readonly who: Who; readonly mark: Mark }) {
  const t = useTexts()
  return (
    <li className="calls-person" data-mark={mark} title={name}>
      <Avatar name={name} who={who} size="s" away={mark !== 'speaking' && mark !== 'heard' && mark !== 'muted'} />
      <span className="calls-name">{called}</span>
      {mark === 'muted' && <Icon name="mic-off" size="s" />}
      {(mark === 'lost' || mark === 'unreachable') && <Icon name="wifi-off" size="s" />}
      <VisuallyHidden>{t(`calls.mark.${mark}`)}</VisuallyHidden>
    </li>
  )
}
