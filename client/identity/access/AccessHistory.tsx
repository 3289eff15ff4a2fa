// How this person came in, in the order in which it happened: nothing of it was done in silence.
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Muted } from '#client/ui/base/layout.tsx'
import { type AccessEntry, type AccessState, devicesIn } from '#shared/identity/access-state.ts'
import './access.css'

export function AccessHistory({ access }: { access: AccessState }) {
  const t = useTexts()
  const f = useFormats()
  if (access.entries.length === 0) return <Muted>{t('identity.access.none')}</Muted>
  const deviceOf = (id: string) => devicesIn(access).find(({ deviceId }) => deviceId === id)?.device ?? ''
  return (
    <ol className="identity-access">
      {access.entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays where it stands
        <li key={index}>
          <Muted as="span" small>
            {f.stamp(entry.at)}
          </Muted>
          <span>{accessWords(entry, deviceOf, t)}</span>
        </li>
      ))}
    </ol>
  )
}

function accessWords(entry: AccessEntry, deviceOf: (id: string) => string, t: Translate): string {
  switch (entry.what) {
    case 'link-made':
      return t('identity.access.link-made')
    case 'contacts-changed':
      return t('identity.access.contacts-changed')
    case 'device-bound':
      return `${t('identity.access.device-bound', { device: entry.device })} ${t(`identity.access.code.${entry.code}`)}`
    case 'device-confirmed':
      return t('identity.access.device-confirmed', { device: deviceOf(entry.deviceId) })
    case 'device-ended':
      return t('identity.access.device-ended', { device: deviceOf(entry.deviceId) })
    case 'contact-confirmed':
      return t(`identity.access.contact-confirmed.${entry.way}`)
    case 'contact-removed':
      return t('identity.access.contact-removed')
  }
}
