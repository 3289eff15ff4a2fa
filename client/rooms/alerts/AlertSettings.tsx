// How this device tells of something new: what is on, and where the browser forbids it, what to do.
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Alerts } from './alerts.ts'
import { useAlerts } from './use-alerts.ts'

export function AlertSettings() {
  return <AlertSettingsBy alerts={useAlerts()} />
}

export function AlertSettingsBy({ alerts }: { alerts: Alerts }) {
  const t = useTexts()
  const { permission, sound } = useStore(alerts)
  return (
    <Stack gap={2}>
      <Checkbox checked={sound} onChange={alerts.setSound}>
        {t('rooms.alerts.sound')}
      </Checkbox>
      {permission === 'default' ? (
        <>
          <Button wide onClick={() => void alerts.allow()}>
            {t('rooms.alerts.allow')}
          </Button>
          <Muted small>{t('rooms.alerts.says')}</Muted>
        </>
      ) : (
        <Muted small>{t(`rooms.alerts.${permission}`)}</Muted>
      )}
    </Stack>
  )
}
