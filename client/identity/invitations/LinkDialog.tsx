// The link and every way it can leave: share sheet or messengers, SMS, mail, copy, QR, paper.
import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { shownPhone } from '#client/identity/staff/tidy-phone.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { Qr } from '#client/ui/talk/Qr.tsx'
import { type Invitation, type LinkWay, linkMayGo } from '#shared/identity/invitation-protocol.ts'
import type { MadeLink } from './InvitationCard.tsx'
import { deliveryWords, keptLocal } from './invitation-words.ts'
import { LinkShown } from './LinkShown.tsx'
import { chatAddress, copyLink, linkLetter, shareLetter, smsAddress } from './link-ways.ts'
import { MakeLink } from './MakeLink.tsx'
import { ReachNote } from './ReachNote.tsx'
import { useLinkLeaving } from './use-link-leaving.ts'
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
  const { request, done, refused, leave, record } = useLinkLeaving({ invitation, made, onChange })
  const letter = linkLetter({ t, language: invitation.language, mediator: mediatorName, link: made.link })
  const { phone, email } = invitation.contacts
  const share = () => shareLetter((data) => navigator.share(data), letter)
  const copy = () => copyLink(async (text) => navigator.clipboard.writeText(text), made.link)
  const sms = async () => {
    window.location.href = smsAddress(phone, letter)
    return 'sent' as const
  }
  /** The window is opened by the press itself, or the browser takes it for one that nobody asked for. */
  const chat = (way: 'whatsapp' | 'telegram') => {
    const beside = window.open('', '_blank')
    const go = async () => {
      if (!beside) return 'refused' as const
      beside.opener = null
      beside.location.href = chatAddress(way, letter)
      return 'sent' as const
    }
    void leave(way, go, () => beside?.close())
  }
  const way = (which: LinkWay, icon: IconName, note: string, onClick: () => void) =>
    linkMayGo(which, invitation.code?.way) && (
      <Way
        icon={icon}
        done={done.has(which) ? deliveryWords(which, keptLocal(invitation, 'link', which), t) : undefined}
        busy={request.busy}
        note={note}
        onClick={onClick}
      >
        {which === 'whatsapp' || which === 'telegram' ? t(`identity.way.${which}`) : t(`identity.link.${which}`)}
      </Way>
    )
  return (
    <Stack gap={4}>
      <ReachNote link={made.link} />
      <LinkShown link={made.link} />
      <Muted small>{t('identity.link.once')}</Muted>
      {request.problem && <ProblemBanner problem={request.problem} onClose={request.clear} />}
      {refused && <Refused way={refused} busy={request.busy} onCopied={() => void record('copy')} />}
      <div className="identity-link-ways">
        {'share' in navigator && way('share', 'share', t('identity.link.share.note'), () => void leave('share', share))}
        {!('share' in navigator) && way('whatsapp', 'send', t('identity.link.chat.note'), () => chat('whatsapp'))}
        {!('share' in navigator) && way('telegram', 'send', t('identity.link.chat.note'), () => chat('telegram'))}
        {way('sms', 'phone', shownPhone(phone) || t('identity.link.sms.note'), () => void leave('sms', sms))}
        {gateways.mail && email !== '' && way('mail', 'send', email, () => void record('mail'))}
        {way('copy', 'copy', t('identity.link.copy.note'), () => void leave('copy', copy))}
        {way('qr', 'qr', t('identity.link.qr.note'), () => void record('qr'))}
        {way('slip', 'print', t('identity.link.slip.note'), onSlip)}
      </div>
      {done.has('qr') && (
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

/** The device did not let it go: what to do instead, and how to say that it was done. */
function Refused({ way, busy, onCopied }: { way: LinkWay; busy: boolean; onCopied: () => void }) {
  const t = useTexts()
  if (way !== 'copy') {
    return (
      <Banner tone="warn" urgent title={t('identity.link.not-opened')}>
        {t('identity.link.not-opened.text')}
      </Banner>
    )
  }
  return (
    <Banner
      tone="warn"
      urgent
      title={t('identity.link.by-hand')}
      actions={
        <Button icon="check" busy={busy} onClick={onCopied}>
          {t('identity.link.by-hand.done')}
        </Button>
      }
    >
      {t('identity.link.by-hand.text')}
    </Banner>
  )
}

interface WayProps {
  readonly icon: IconName
  /** What is known of it, once it went. */
  readonly done: string | undefined
  readonly busy: boolean
  readonly note: string
  readonly onClick: () => void
  readonly children: ReactNode
}

function Way({ icon, done, busy, note, onClick, children }: WayProps) {
  return (
    <Button icon={done ? 'check' : icon} disabled={busy} onClick={onClick}>
      <span className="identity-link-way">
        {children}
        <small>{done ?? note}</small>
      </span>
    </Button>
  )
}
