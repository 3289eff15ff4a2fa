// Where this version stands for the person who looks: their own signature and nobody else's; for the mediator everybody's.

import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { ReadOutCodes } from '#client/identity/ReadOutCodes.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import { isMediationOver } from '#shared/cases/phases.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { canWithdrawSignature } from '#shared/signing/signing-policy.ts'
import { signatureWithdraw } from '#shared/signing/signing-protocol.ts'
import { PaperRoute } from './PaperRoute.tsx'
import { ReleasedCard } from './ReleasedCard.tsx'
import { SaveButton } from './SaveButton.tsx'
import type { ShownVersion } from './use-version.ts'
import { WhoSigned } from './WhoSigned.tsx'

export function StateCard({ shown, api }: { shown: ShownVersion; api: AuthorisedApi }) {
  const t = useTexts()
  const format = useFormats()
  const { agreed, situation, own, version } = shown
  if (agreed?.kind === 'released') return <ReleasedCard shown={shown} agreed={agreed} api={api} />
  if (agreed?.kind === 'paper') {
    return (
      <Banner tone="good" title={t('signing.paper.done')}>
        {t('signing.paper.done.text', { date: format.numericDate(Date.parse(`${agreed.signedOn}T00:00:00Z`)), place: agreed.place })}
      </Banner>
    )
  }
  if (isMediationOver(situation.phase)) return <Banner tone="info">{t('signing.ended')}</Banner>
  if (!situation.signer) return <Banner tone="info">{t(mediates(situation) ? 'signing.not-signer.mediator' : 'signing.not-signer')}</Banner>
  if (mediates(situation)) {
    return (
      <Stack gap={4}>
        <ReadOutCodes caseId={shown.me.caseId} nameOf={(id) => nameIn(shown.caseState, id) ?? ''} />
        <WhoSigned shown={shown} />
        <PaperRoute shown={shown} api={api} />
      </Stack>
    )
  }
  if (!own) return <Muted>{t('signing.lead')}</Muted>
  return (
    <Card as="section">
      <Stack gap={3}>
        <Banner tone="good" title={t('signing.stands')}>
          {t('signing.stands.text', { stamp: format.stamp(own.signedAt) })}
        </Banner>
        <p>{t('signing.waiting')}</p>
        <div className="signing-pair">
          <Withdraw shown={shown} />
          <SaveButton api={api} what="pdf" versionId={version.versionId} />
        </div>
      </Stack>
    </Card>
  )
}

function Withdraw({ shown: { version, situation } }: { shown: ShownVersion }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  if (!canWithdrawSignature(situation)) return null
  return (
    <>
      {problem && <ProblemBanner problem={problem} />}
      <Button icon="undo" busy={busy} onClick={() => void run(signatureWithdraw, { versionId: version.versionId })}>
        {t('signing.withdraw')}
      </Button>
    </>
  )
}
