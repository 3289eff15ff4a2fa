import { useTexts } from '#client/i18n/texts.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { type Audience, audienceKind, audienceSubject } from '#shared/kernel/audience.ts'

/** Where words go, as a line of its own. */
export function useTargetWords(): (to: Audience) => string {
  const t = useTexts()
  const { facts } = useCase().state
  return (to) => {
    const subject = audienceSubject(to)
    switch (audienceKind(to)) {
      case 'all':
        return t('crossing.to.all')
      case 'side':
        return t('crossing.to.side', { name: facts?.sides.find(({ id }) => id === subject)?.name ?? '' })
      case 'direct':
        return t('crossing.to.person', { name: facts?.people.find(({ id }) => id === subject)?.name ?? '' })
      default:
        return t('crossing.to.room')
    }
  }
}
