import { useTexts } from '#client/i18n/texts.tsx'
import { useDeviceKeeps } from '#client/realtime/use-case.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { mediates } from '#shared/kernel/roles.ts'
import { useCase } from './use-room.ts'
import './rooms.css'

const FOR_PARTY = ['what', 'who-sees', 'nothing', 'stop', 'court', 'kept'] as const
const FOR_MEDIATOR = ['rooms', 'who-sees-mediator', 'draft', 'kept'] as const

/** Plain answers to what people ask; the platform's own page, no promise that the code does not keep. */
export function HelpPanel() {
  const t = useTexts()
  const { state, me } = useCase()
  const byPhone = state.facts?.voice === 'phone'
  const topics = mediates(me) ? FOR_MEDIATOR : FOR_PARTY
  const keeps = useDeviceKeeps()
  return (
    <Stack gap={2} as="section">
      <h2>{t('rooms.help.title')}</h2>
      {[...topics, ...(keeps ? (['unsent'] as const) : []), ...(byPhone ? (['phone'] as const) : [])].map((topic) => (
        <details key={topic} className="rooms-help">
          <summary>{t(`rooms.help.${topic}`)}</summary>
          <p>{t(`rooms.help.${topic}.words`)}</p>
        </details>
      ))}
    </Stack>
  )
}
