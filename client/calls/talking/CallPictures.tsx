// The others' pictures, for whoever wishes to see them, and one's own as they see it.
import { useEffect, useRef } from 'react'
import type { InCall } from '#client/calls/own-call.ts'
import { useCallSession, useCallsHere } from '#client/calls/use-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import { nameIn } from '#shared/cases/case-state.ts'

export function CallPictures({ own }: { readonly own: InCall }) {
  const t = useTexts()
  const { state } = useCase()
  const called = useShortNames()
  const { members: heard } = useStore(useCallSession().watch.heard)
  const members = useCallsHere().members.get(own.audience) ?? []
  const shown = own.wantsPictures ? members.filter(({ mediaId, video }) => video && heard.get(mediaId)?.picture) : []
  if (shown.length === 0 && !own.picture) return null
  return (
    <div className="calls-pictures">
      {shown.map(({ mediaId, participantId }) => {
        const name = called(nameIn(state, participantId) ?? '')
        return <Picture key={mediaId} track={heard.get(mediaId)?.picture} label={t('calls.picture.of', { name })} caption={name} />
      })}
      {own.picture && <Picture track={own.picture} label={t('calls.picture.own')} caption={t('calls.you')} own />}
    </div>
  )
}

interface PictureProps {
  readonly track: MediaStreamTrack | undefined
  readonly label: string
  readonly caption: string
  readonly own?: boolean
}

function Picture({ track, label, caption, own = false }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (!element || !track) return
    element.srcObject = new MediaStream([track])
    element.play().catch(() => undefined) // silent pictures are let through; one that is not shows its first frame with the next press
    return () => {
      element.srcObject = null
    }
  }, [track])
  return (
    <figure className="calls-picture" data-own={own || undefined}>
      <video ref={video} muted playsInline autoPlay aria-label={label} />
      <figcaption>{caption}</figcaption>
    </figure>
  )
}
