// Later devices that came in as this person: asked about on an earlier one, until somebody has said whose they are.
import { useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useLoad } from '#client/http/use-load.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { deviceAnswer, deviceLook } from '#shared/identity/access-protocol.ts'
import { type AccessState, type BoundDevice, devicesToAnswer } from '#shared/identity/access-state.ts'
import type { CaseId } from '#shared/kernel/ids.ts'

interface LaterDevicesProps {
  readonly access: AccessState
  readonly caseId: CaseId
  readonly api: AuthorisedApi
}

/** Which device this is, the server says; without an answer nothing is asked. */
export function LaterDevices({ access, caseId, api }: LaterDevicesProps) {
  const { state } = useLoad(caseId, async () => (await api.call(deviceLook, { caseId })).deviceId)
  if (state.kind !== 'here') return null
  return devicesToAnswer(access, state.value).map((device) => (
    <LaterDevice key={device.deviceId} device={device} caseId={caseId} api={api} />
  ))
}

function LaterDevice({ device, caseId, api }: { device: BoundDevice } & Omit<LaterDevicesProps, 'access'>) {
  const t = useTexts()
  const f = useFormats()
  const { run, busy, problem } = useRequest()
  const [ending, setEnding] = useState(false)
  const answer = (mine: boolean) => run(async () => void (await api.call(deviceAnswer, { caseId, deviceId: device.deviceId, mine })))
  return (
    <Banner
      tone="warn"
      urgent
      title={t('identity.access.later')}
      actions={
        <>
          <Button size="s" busy={busy} onClick={() => void answer(true)}>
            {t('identity.access.mine')}
          </Button>
          <Button size="s" kind="danger" disabled={busy} onClick={() => setEnding(true)}>
            {t('identity.access.not-mine')}
          </Button>
        </>
      }
    >
      <p>
        {t('identity.access.later.words', { device: device.device, stamp: f.stamp(device.at) })} {t(`identity.access.code.${device.code}`)}
      </p>
      <p>{t('identity.access.later.what')}</p>
      {problem && <ProblemBanner problem={problem} />}
      {ending && (
        <ConfirmDialog
          title={t('identity.access.end.title')}
          kind="danger"
          cancel={t('ui.back')}
          confirm={t('identity.access.end.do')}
          busy={busy}
          problem={problem}
          act={() => answer(false)}
          onClose={() => setEnding(false)}
        >
          <p>{t('identity.access.end.what', { device: device.device })}</p>
        </ConfirmDialog>
      )}
    </Banner>
  )
}
