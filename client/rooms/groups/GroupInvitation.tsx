// The mediator's invitation into a room for some, wherever its person is. Whoever does not want to puts it away; nobody is told.
import { useEffect, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import type { Group } from '#shared/rooms/group-state.ts'

interface GroupInvitationProps {
  readonly room: RoomView
  readonly group: Group
  readonly onStepOver: () => void
}

export function GroupInvitation({ room, group, onStepOver }: GroupInvitationProps) {
  const t = useTexts()
  const f = useFormats()
  const announce = useAnnounce()
  const called = useShortNames()
  const { me } = useCase()
  const [put, setPut] = useState(false)
  const title = t('rooms.group.invitation', { name: group.name })
  useEffect(() => announce(title), [announce, title])
  if (put) return null
  const names = f.list(otherReaders(room, me.id).map(({ name }) => called(name)))
  return (
    <Banner
      brief
      who="group"
      icon="door"
      title={title}
      actions={
        <>
          <Button kind="who" who="group" onClick={onStepOver}>
            {t('rooms.group.step-over')}
          </Button>
          <Button kind="quiet" onClick={() => setPut(true)}>
            {t('rooms.group.later')}
          </Button>
        </>
      }
    >
      {[group.purpose, t('rooms.group.who', { names })].filter(Boolean).join(' · ')}
    </Banner>
  )
}
