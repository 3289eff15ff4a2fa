// For the mediator alone: who has signed. Nobody else's device is told any of it.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { personView } from '#client/rooms/people.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip, PersonLine } from '#client/ui/base/surfaces.tsx'
import type { ShownVersion } from './use-version.ts'

export function WhoSigned({ shown: { sides, caseState, situation } }: { shown: ShownVersion }) {
  const t = useTexts()
  const format = useFormats()
  return (
    <Card as="section" who="mediators">
      <Stack gap={3}>
        <h3>{t('signing.who')}</h3>
        <Stack as="ul" gap={3}>
          {sides.map(({ participantId, signature, waiting }) => {
            const person = personView(caseState, participantId)
            return (
              <li key={participantId} className="signing-who">
                <PersonLine
                  name={person?.name ?? ''}
                  who={person?.who ?? 'joint'}
                  note={person?.side?.name}
                  end={
                    signature ? (
                      <Chip tone="good" icon="check">
                        {t('signing.who.signed', { time: format.exactTime(signature.signedAt) })}
                      </Chip>
                    ) : (
                      <Chip icon="clock">{t('signing.who.not-yet')}</Chip>
                    )
                  }
                />
                {!signature &&
                  waiting.map(({ deviceId, device, at }) => (
                    <Muted key={deviceId} small>
                      {t('signing.who.device', { device, time: format.exactTime(at) })}
                    </Muted>
                  ))}
              </li>
            )
          })}
        </Stack>
        <p>{situation.sides === 'all' ? t('signing.who.your-turn') : t('signing.who.last')}</p>
        <Muted small>{t('signing.who.hidden')}</Muted>
      </Stack>
    </Card>
  )
}
