// The link on paper, for people without e-mail or a number: a QR code, plain words in their language, the mediator's telephone. Never the code.
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Logo } from '#client/ui/base/Logo.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { Qr } from '#client/ui/talk/Qr.tsx'
import { type Invitation, invitationSlip } from '#shared/identity/invitation-protocol.ts'
import type { RouteAnswer } from '#shared/protocol/route.ts'
import type { MadeLink } from './InvitationCard.tsx'
import { MakeLink } from './MakeLink.tsx'
import { ReachNote } from './ReachNote.tsx'
import { useMadeLink } from './use-made-link.ts'

interface SlipDialogProps {
  readonly invitation: Invitation
  readonly name: string
  readonly made: MadeLink | undefined
  readonly onMade: (made: MadeLink) => void
  readonly onChange: (invitation: Invitation) => void
  readonly onClose: () => void
}

type Slip = RouteAnswer<typeof invitationSlip>

export function SlipDialog(props: SlipDialogProps) {
  const { invitation, name, made, onClose } = props
  const t = useTexts()
  const call = useStaffCall()
  const request = useRequest()
  const { making, make, voidsEarlier } = useMadeLink(props)
  const [slip, setSlip] = useState<Slip>()
  const asked = useRef<string | undefined>(undefined)
  const { run } = request
  const secret = made?.secret
  useEffect(() => {
    if (secret === undefined || asked.current === secret) return
    asked.current = secret
    void run(async () => setSlip(await call(invitationSlip, { invitationId: invitation.id, secret })))
  }, [secret, run, call, invitation.id])
  return (
    <Dialog
      size="l"
      title={t('identity.slip.for', { name })}
      onClose={onClose}
      actions={
        slip && (
          <>
            <Button onClick={onClose}>{t('ui.close')}</Button>
            <Button kind="primary" icon="print" onClick={() => window.print()}>
              {t('identity.slip.print')}
            </Button>
          </>
        )
      }
    >
      {request.problem && <ProblemBanner problem={request.problem} />}
      {!made && <MakeLink {...{ making, make, voidsEarlier }} />}
      {made && !slip && !request.problem && <Loading />}
      {slip && <ReachNote link={slip.link} />}
      {slip && <SlipSheet slip={slip} name={name} />}
      {slip &&
        createPortal(
          <div className="identity-slip-print">
            <SlipSheet slip={slip} name={name} />
          </div>,
          document.body,
        )}
    </Dialog>
  )
}

function SlipSheet({ slip, name }: { slip: Slip; name: string }) {
  const t = useTexts()
  return (
    <article className="identity-slip" data-theme="light" lang={slip.language}>
      <header>
        <Logo word />
        <span>{name}</span>
      </header>
      <h3>{slip.title}</h3>
      <div className="identity-slip-body">
        <Qr text={slip.link} label={t('identity.link.qr.label')} />
        <div className="identity-slip-words">
          {slip.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </div>
      <p className="identity-slip-link">{slip.link}</p>
    </article>
  )
}
