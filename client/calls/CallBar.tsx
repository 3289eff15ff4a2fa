// Above every screen of the room: the call that one is in and who hears; else that the talk is paused; else what ended, or what one may
// join. One thing at a time, and nobody is ever joined by it.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import { AfterCall } from './entering/AfterCall.tsx'
import { CallOffer } from './entering/CallOffer.tsx'
import { PausedCall } from './entering/PausedCall.tsx'
import type { Numbers } from './Telephone.tsx'
import { CallSettings } from './talking/CallSettings.tsx'
import { InCallBar } from './talking/InCallBar.tsx'
import { useCallsHere, useJointCall, useOwnCall } from './use-call.ts'
import './calls.css'
import './reasons.ts'

interface CallBarProps extends Numbers {
  readonly rooms: readonly RoomView[]
  /** The room that is shown. */
  readonly current: RoomView | undefined
  /** The person wishes to join the call of a room. */
  readonly onAsk: (audience: Audience) => void
}

export function CallBar({ rooms, current, phones, onAsk }: CallBarProps) {
  const t = useTexts()
  const own = useOwnCall()
  const { stage } = useJointCall()
  const { members } = useCallsHere()
  const [settings, setSettings] = useState(false)
  /** Offers that were put away, and calls that were left: as long as those calls go on. */
  const [put, setPut] = useState<ReadonlySet<Audience>>(new Set())
  const open = openIn(rooms, current, (audience) => members.get(audience) ?? [], stage === 'running')
  if ([...put].some((audience) => !open.some((room) => room.audience === audience))) {
    setPut(new Set([...put].filter((audience) => open.some((room) => room.audience === audience))))
  }
  const putAway = (audience: Audience) => setPut(new Set(put).add(audience))
  const roomOf = (audience: Audience) => rooms.find((room) => room.audience === audience)

  if (own.kind === 'in') {
    const room = roomOf(own.audience)
    if (!room) return null // no longer theirs; the sound ends by the same fact
    return (
      <>
        <InCallBar own={own} room={room} phones={phones} onMore={() => setSettings(true)} onLeft={() => putAway(room.audience)} />
        {settings && <CallSettings own={own} room={room} onClose={() => setSettings(false)} />}
      </>
    )
  }
  if (own.kind === 'joining') return <p className="calls-bar">{t('calls.joining')}</p>
  const offered = open.filter(({ audience }) => !put.has(audience))
  const offer = (room: RoomView) => (
    <CallOffer
      room={room}
      members={members.get(room.audience) ?? []}
      onJoin={() => onAsk(room.audience)}
      onLater={() => putAway(room.audience)}
    />
  )
  if (stage === 'paused' && roomOf('all')) {
    // one who is called to talk apart meanwhile is called; the pause is said again when they have answered
    return offered[0] ? offer(offered[0]) : <PausedCall wasIn={own.kind === 'paused'} onAsk={() => onAsk('all')} />
  }
  if (own.kind === 'out' && own.after) {
    const room = roomOf(own.after.audience)
    return <AfterCall why={own.after.why} again={room && (() => onAsk(room.audience))} phones={phones} />
  }
  return offered[0] ? offer(offered[0]) : null
}

/** The room that is shown before the others. */
function openIn(
  rooms: readonly RoomView[],
  current: RoomView | undefined,
  membersOf: (audience: Audience) => readonly { readonly mediaId: MediaId }[],
  runs: boolean,
): readonly RoomView[] {
  const open = rooms.filter(({ audience }) => (audience === 'all' ? runs : membersOf(audience).length > 0))
  return [...open].sort((one, other) => Number(other.audience === current?.audience) - Number(one.audience === current?.audience))
}
