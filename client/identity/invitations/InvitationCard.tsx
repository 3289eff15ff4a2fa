// One invited person as the mediator prepares them: what has gone out, by which way, on which devices it was used, and the next step.
import { useState } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { useRequest } from '#client/http/use-request.ts'
import type { TextId } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { shownPhone } from '#client/identity/staff/tidy-phone.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip, PersonLine } from '#client/ui/base/surfaces.tsx'
import type { Who } from '#client/ui/base/who.ts'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { deviceEnd, type Invitation } from '#shared/identity/invitation-protocol.ts'
import { CodeDialog } from './CodeDialog.tsx'
import { linkWords, nextAct, toneOf, untilWords } from './invitation-words.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { RevokeDialog } from './RevokeDialog.tsx'
import { SlipDialog } from './SlipDialog.tsx'
import './invitations.css'

/** A link that was made on this page: the server does not know it any more and cannot show it again. */
export interface MadeLink {
  readonly link: string
  readonly secret: string
}

interface InvitationCardProps {
  readonly invitation: Invitation
  readonly name: string
  /** Role, side, power to act: whatever the case says of the person. */
  readonly note: string
  readonly who: Who
  readonly mediatorName: string
  readonly gateways: { readonly mail: boolean; readonly sms: boolean }
  /** What the mediator does next on this page is done here. */
  readonly isNext: boolean
  /** Name, power to act, language and contacts: the case knows some of it, the invitation the rest. */
  readonly onCorrect?: () => void
  /** Another comes in this person's place. */
  readonly onReplace?: () => void
  readonly onChange: (invitation: Invitation) => void
}

const CODE_WORDS = {
  made: 'identity.invitation.code.after-link',
  sent: 'identity.invitation.code.none',
  joined: 'identity.invitation.code.done',
  locked: 'identity.invitation.locked',
  revoked: 'identity.invitation.code.after-link',
} as const satisfies Record<Invitation['state'], TextId>

type Open = 'link' | 'code' | 'revoke' | 'slip'

export function InvitationCard({
  invitation,
  name,
  note,
  who,
  mediatorName,
  gateways,
  isNext,
  onCorrect,
  onReplace,
  onChange,
}: InvitationCardProps) {
  const t = useTexts()
  const f = useFormats()
  const call = useStaffCall()
  const now = useTools().api.now()
  const request = useRequest()
  const [open, setOpen] = useState<Open>()
  const [made, setMade] = useState<MadeLink>()
  const next = isNext ? nextAct(invitation) : 'nothing'
  const close = () => setOpen(undefined)
  const { contacts, code, devices } = invitation
  const live = devices.filter((device) => device.live)
  const endDevice = (deviceId: string) =>
    request.run(async () => onChange(await call(deviceEnd, { invitationId: invitation.id, deviceId })))
  return (
    <Card as="li" tight>
      <Stack gap={3}>
        <div className="identity-invitation-head">
          <PersonLine name={name} who={who} away={invitation.state !== 'joined'} note={note} />
          <Chip {...optional('tone', toneOf(invitation))}>{t(`identity.invitation.${invitation.state}`)}</Chip>
        </div>
        {request.problem && <ProblemBanner problem={request.problem} onClose={request.clear} />}
        <dl className="identity-invitation-facts">
          <dt>{t('identity.invitation.link')}</dt>
          <dd>{linkWords(invitation, t, f)}</dd>
          <dt>{t('identity.invitation.code')}</dt>
          <dd>
            {code && invitation.state !== 'locked'
              ? t('identity.invitation.code.waits', {
                  way: t(`identity.way.${code.way}`),
                  time: untilWords(code.expiresAt, now, f),
                  left: code.triesLeft,
                })
              : t(CODE_WORDS[invitation.state])}
          </dd>
          <dt>{t('identity.invitation.contacts')}</dt>
          <dd>{[shownPhone(contacts.phone), contacts.email].filter(Boolean).join(', ') || t('identity.invitation.contacts.none')}</dd>
          {live.length > 0 && <dt>{t('identity.invitation.devices')}</dt>}
          {live.map((device) => (
            <dd key={device.id} className="identity-invitation-device">
              <span>
                {device.device || t('identity.invitation.device.unknown')}, {f.numericDate(device.at)} {f.time(device.at)}
                {!device.keep && `, ${t('identity.invitation.device.not-own')}`}
              </span>
              <Button kind="quiet" size="s" busy={request.busy} onClick={() => void endDevice(device.id)}>
                {t('identity.invitation.device.end')}
              </Button>
            </dd>
          ))}
        </dl>
        <div className="identity-invitation-acts">
          <Button icon="link" kind={next === 'link' ? 'primary' : 'plain'} onClick={() => setOpen('link')}>
            {t('identity.invitation.send')}
          </Button>
          <Button
            icon="phone"
            kind={next === 'code' ? 'primary' : 'plain'}
            disabled={invitation.state === 'made' || invitation.state === 'revoked'}
            onClick={() => setOpen('code')}
          >
            {t(invitation.state === 'locked' ? 'identity.invitation.unlock' : 'identity.invitation.give')}
          </Button>
          <Menu
            label={t('identity.invitation.more', { name })}
            items={[
              { id: 'slip', label: t('identity.invitation.slip'), icon: 'print', onSelect: () => setOpen('slip') },
              ...(onCorrect ? [{ id: 'correct', label: t('identity.invitation.change'), icon: 'pen' as const, onSelect: onCorrect }] : []),
              ...(onReplace
                ? [{ id: 'replace', label: t('identity.invitation.replace'), icon: 'people' as const, onSelect: onReplace }]
                : []),
              ...(invitation.state === 'revoked' || invitation.state === 'made'
                ? []
                : [
                    {
                      id: 'revoke',
                      label: t('identity.invitation.revoke'),
                      icon: 'lock' as const,
                      danger: true,
                      onSelect: () => setOpen('revoke'),
                    },
                  ]),
            ]}
          />
        </div>
      </Stack>
      {open === 'link' && (
        <LinkDialog
          {...{ invitation, name, mediatorName, gateways, made, onChange }}
          onMade={setMade}
          onSlip={() => setOpen('slip')}
          onClose={close}
        />
      )}
      {open === 'slip' && <SlipDialog {...{ invitation, name, made, onChange }} onMade={setMade} onClose={close} />}
      {open === 'code' && <CodeDialog {...{ invitation, name, onChange }} onClose={close} />}
      {open === 'revoke' && (
        <RevokeDialog
          {...{ invitation, name }}
          onChange={(changed) => {
            setMade(undefined)
            onChange(changed)
          }}
          onClose={close}
        />
      )}
    </Card>
  )
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value }) // a computed key loses its literal type
}
