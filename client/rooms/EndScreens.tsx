// Where the way ends: left, removed, signed out, timed out, too old a client. Calm words, and what can be done.
import { useTexts } from '#client/i18n/texts.tsx'
import { useDeviceKeeps } from '#client/realtime/use-case.tsx'
import { Button, LinkButton } from '#client/ui/actions/Button.tsx'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'
import type { CloseReason } from '#shared/protocol/wire.ts'

export function LeftScreen({ mediator }: { mediator: string }) {
  const t = useTexts()
  return (
    <PageFrame width="narrow">
      <EmptyState icon="door" title={t('rooms.left.title')}>
        <p>{t('rooms.left.words')}</p>
        <p>{t('rooms.left.again', { mediator })}</p>
        <p>{t('rooms.left.device')}</p>
      </EmptyState>
    </PageFrame>
  )
}

export function ShutScreen({ reason, home }: { reason: CloseReason; home?: string | undefined }) {
  const t = useTexts()
  const removed = reason === 'left'
  return (
    <PageFrame width="narrow">
      <EmptyState
        icon={removed ? 'door' : 'clock'}
        title={removed ? t('rooms.shut.left') : t('rooms.shut.ended')}
        actions={
          home ? (
            <LinkButton kind="primary" href={home}>
              {t('rooms.shut.home')}
            </LinkButton>
          ) : undefined
        }
      >
        <p>{removed ? t('rooms.shut.left-words') : home ? t('rooms.shut.ended-words-staff') : t('rooms.shut.ended-words')}</p>
      </EmptyState>
    </PageFrame>
  )
}

export function OutdatedScreen({ onReload }: { onReload: () => void }) {
  const t = useTexts()
  const keeps = useDeviceKeeps()
  return (
    <PageFrame width="narrow">
      <EmptyState
        icon="refresh"
        title={t('rooms.outdated.title')}
        actions={
          <Button kind="primary" icon="refresh" onClick={onReload}>
            {t('rooms.outdated.reload')}
          </Button>
        }
      >
        <p>{t(keeps ? 'rooms.outdated.words' : 'rooms.outdated.memory')}</p>
      </EmptyState>
    </PageFrame>
  )
}
