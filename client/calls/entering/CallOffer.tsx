// A call that is open in one's room. It shows who is in it, and waits.
import { useEffect } from 'react'
import { forgetCall, rememberedCall } from '#client/calls/remembered-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import type { CallMember } from '#shared/calls/call-wire.ts'
import { nameIn } from '#shared/cases/case-state.ts'

interface CallOfferProps {
  readonly room: RoomView
  readonly members: readonly CallMember[]
  readonly onJoin: () => void
  readonly onLater: () => void
}

export function CallOffer({ room, members, onJoin, onLater }: CallOfferProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const { caseId } = useCaseClient()
  const called = useShortNames()
  const announce = useAnnounce()
  const people = room.readers.flatMap(({ id, name }) => (id === me.id ? [] : [called(name)]))
  const side = room.group?.name ?? (room.side ? called(room.side.name) : f.list(people))
  const title = room.kind === 'joint' ? t('calls.offer.joint') : t('calls.offer.apart', { side })
  useEffect(() => announce(title), [announce, title])
  const names = f.list(members.map(({ participantId }) => called(nameIn(state, participantId) ?? '')))
  const words = members.length > 0 ? t('calls.offer.in-it', { names }) : t('calls.offer.nobody')
  return (
    <Banner
      brief
      who={room.who}
      icon="mic"
      title={title}
      actions={
        <>
          <Button kind="who" who={room.who} onClick={onJoin}>
            {t('calls.offer.join')}
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              forgetCall()
              onLater()
            }}
          >
            {t('calls.offer.later')}
          </Button>
        </>
      }
    >
      {rememberedCall(caseId) === room.audience ? t('calls.offer.was-in') : words}
    </Banner>
  )
}
