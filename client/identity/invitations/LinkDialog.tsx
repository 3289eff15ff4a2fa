// The link and every way it can leave: share sheet, SMS, mail, copy, QR, paper. Each way is told to the server, which keeps the code off it.
import { type ReactNode, useState } from 'react'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { shownPhone } from '#client/identity/staff/tidy-phone.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { Qr } from '#client/ui/talk/Qr.tsx'
import { type Invitation, invitationSend, type LinkWay } from '#shared/identity/invitation-protocol.ts'
import type { MadeLink } from './InvitationCard.tsx'
import { linkWayOpen } from './invitation-words.ts'
import { linkLetter, shareLetter, smsAddress } from './link-ways.ts'
import { MakeLink } from './MakeLink.tsx'
import { useMadeLink } from './use-made-link.ts'

interface LinkDialogProps {
  readonly invitation: Invitation
  readonly name: string
  readonly mediatorName: string
  readonly gateways: { readonly mail: boolean }
  readonly made: MadeLink | undefined
  readonly onMade: (made: MadeLink) => void
  readonly onChange: (invitation: Invitation) => void
  readonly onSlip: () => void
  readonly onClose: () => void
}

export function LinkDialog(props: LinkDialogProps) {
  const t = useTexts()
  const { making, make, voidsEarlier } = useMadeLink(props)
  return (
    <Dialog title={t('identity.link.title', { name: props.name })} onClose={props.onClose}>
      {props.made ? <Ways {...props} made={props.made} /> : <MakeLink {...{ making, make, voidsEarlier }} />}
    </Dialog>
  )
}

function Ways({ invitation, mediatorName, gateways, made, onChange, onSlip }: LinkDialogProps & { made: MadeLink }) {
  const t = useTexts()
  const call = useStaffCall()
  const request = useRequest()
  const [done, setDone] = useState<ReadonlySet<LinkWay>>(new Set())
  const [qr, setQr] = useState(false)
  const letter = linkLetter({ t, language: invitation.language, mediator: mediatorName, link: made.link })
  const { phone, email } = invitation.contacts
  const record = (way: LinkWay, act: () => Promise<boolean> = async () => true) =>
    request.run(async () => {
      // told first: a way that a waiting code has taken is refused before anything goes out
      const changed = await call(invitationSend, { invitationId: invitation.id, secret: made.secret, way })
      onChange(changed)
      if (await act()) setDone((before) => new Set(before).add(way))
    })
  const share = async () => (await shareLetter((data) => navigator.share(data), letter)) === 'shared'
  const copy = async () => {
    await navigator.clipboard.writeText(made.link)
    return true
  }
  const sms = async () => {
    window.location.href = smsAddress(phone, letter)
    return true
  }
  const shown = (way: LinkWay) => linkWayOpen(way, invitation.code?.way)
  return (
    <Stack gap={4}>
      <p className="identity-link-shown">{made.link}</p>
      <Muted small>{t('identity.link.once')}</Muted>
      {request.problem && <ProblemBanner problem={request.problem} onClose={request.clear} />}
      <div className="identity-link-ways">
        {'share' in navigator && shown('share') && (
          <Way
            icon="share"
            done={done.has('share')}
            busy={request.busy}
            onClick={() => void record('share', share)}
            note={t('identity.link.share.note')}
          >
            {t('identity.link.share')}
          </Way>
        )}
        {shown('sms') && (
          <Way
            icon="phone"
            done={done.has('sms')}
            busy={request.busy}
            onClick={() => void record('sms', sms)}
            note={shownPhone(phone) || t('identity.link.sms.note')}
          >
            {t('identity.link.sms')}
          </Way>
        )}
        {gateways.mail && email !== '' && shown('mail') && (
          <Way icon="send" done={done.has('mail')} busy={request.busy} onClick={() => void record('mail')} note={email}>
            {t('identity.link.mail')}
          </Way>
        )}
        {shown('copy') && (
          <Way
            icon="copy"
            done={done.has('copy')}
            busy={request.busy}
            onClick={() => void record('copy', copy)}
            note={t('identity.link.copy.note')}
          >
            {t('identity.link.copy')}
          </Way>
        )}
        <Way
          icon="qr"
          done={done.has('qr')}
          busy={request.busy}
          onClick={() => {
            setQr(true)
            void record('qr')
          }}
          note={t('identity.link.qr.note')}
        >
          {t('identity.link.qr')}
        </Way>
        <Way icon="print" done={false} busy={request.busy} onClick={onSlip} note={t('identity.link.slip.note')}>
          {t('identity.link.slip')}
        </Way>
      </div>
      {qr && (
        <div className="identity-qr">
          <Qr text={made.link} label={t('identity.link.qr.label')} />
        </div>
      )}
      <div className="identity-link-apart">
        <Icon name="shield" />
        <Muted small>{t('identity.link.apart')}</Muted>
      </div>
    </Stack>
  )
}

interface WayProps {
  readonly icon: IconName
  readonly done: boolean
  readonly busy: boolean
  readonly note: string
  readonly onClick: () => void
  readonly children: ReactNode
}

function Way({ icon, done, busy, note, onClick, children }: WayProps) {
  const t = useTexts()
  return (
    <Button icon={done ? 'check' : icon} disabled={busy} onClick={onClick}>
      <span className="identity-link-way">
        {children}
        <small>{done ? t('identity.link.done') : note}</small>
      </span>
    </Button>
  )
}
