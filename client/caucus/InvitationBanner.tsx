// The mediator's invitation, wherever its person is: nobody is moved, they step over when they have finished their sentence.
import { useEffect, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { AloudHere } from '#client/rooms/aloud/AloudHere.tsx'
import { sideWho } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { canEnterCaucus } from '#shared/caucus/caucus-policy.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { useCaucus } from './use-caucus.ts'

export function InvitationBanner({ sideId, onStepOver }: { sideId: SideId; onStepOver: () => void }) {
  const t = useTexts()
  const announce = useAnnounce()
  const { state, me } = useCase()
  const caucus = useCaucus(sideId)
  const invited = canEnterCaucus(me, sideId, caucus) ? (caucus.caucus.stage === 'closed' ? undefined : caucus.caucus.at) : undefined
  const [put, setPut] = useState<number>()
  useEffect(() => {
    if (invited !== undefined) announce(t('caucus.invitation.title'))
  }, [invited, announce, t])
  if (invited === undefined || invited === put) return null
  return (
    <Banner
      brief
      who={sideWho(state, sideId)}
      icon="lock"
      title={t('caucus.invitation.title')}
      corner={<AloudHere brief />}
      actions={
        <>
          <Button kind="who" who={sideWho(state, sideId)} onClick={onStepOver}>
            {t('caucus.invitation.enter')}
          </Button>
          <Button kind="quiet" onClick={() => setPut(invited)}>
            {t('caucus.invitation.later')}
          </Button>
        </>
      }
    >
      {state.facts?.voice === 'phone' ? t('caucus.invitation.words-phone') : t('caucus.invitation.words')}
    </Banner>
  )
}
