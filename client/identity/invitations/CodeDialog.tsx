// A code for one person, by a way that the link did not take. Read out, it stands in large digits and is nowhere shown again.
import { useState } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { shownPhone } from '#client/identity/staff/tidy-phone.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button, LinkButton } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { BigDigits } from '#client/ui/talk/BigDigits.tsx'
import type { CodeWay } from '#shared/identity/code-ways.ts'
import { type Invitation, invitationCode } from '#shared/identity/invitation-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { keptLocal, linkMeets, untilWords } from './invitation-words.ts'

interface CodeDialogProps {
  readonly invitation: Invitation
  readonly name: string
  readonly onChange: (invitation: Invitation) => void
  readonly onClose: () => void
}

interface MadeCode {
  readonly way: CodeWay
  readonly code: string | null
  readonly expiresAt: number
}

const ICONS = { 'read-out': 'phone', sms: 'send', mail: 'send' } as const

export function CodeDialog({ invitation, name, onChange, onClose }: CodeDialogProps) {
  const t = useTexts()
  const call = useStaffCall()
  const request = useRequest()
  const [made, setMade] = useState<MadeCode>()
  const { phone, email } = invitation.contacts
  const notes = { 'read-out': t('identity.code.read-out.note'), sms: shownPhone(phone), mail: email }
  const closed = (['sms', 'mail'] as const).filter(
    (way) => (way === 'sms' ? phone : email) && !invitation.codeWays.includes(way) && linkMeets(invitation, way),
  )
  const make = (way: CodeWay) =>
    request.run(async () => {
      const answer = await call(invitationCode, { invitationId: invitation.id, way }).catch((error: unknown) => {
        // The earlier code is void, and no other waits.
        if (error instanceof AppError && error.problem.reason === 'identity/not-delivered') onChange({ ...invitation, code: null })
        throw error
      })
      setMade(answer)
      onChange(answer.invitation)
    })
  return (
    <Dialog
      title={t('identity.code.title', { name })}
      onClose={onClose}
      actions={
        made && (
          <>
            <Button icon="refresh" busy={request.busy} onClick={() => setMade(undefined)}>
              {t('identity.code.another')}
            </Button>
            <Button kind="primary" onClick={onClose}>
              {t('identity.code.done')}
            </Button>
          </>
        )
      }
    >
      {request.problem && <ProblemBanner problem={request.problem} />}
      {made ? (
        <CodeMade made={made} phone={phone} note={notes[made.way]} local={keptLocal(invitation, 'code', made.way)} />
      ) : (
        <Stack gap={4}>
          <p>{t(invitation.state === 'locked' ? 'identity.code.lead.locked' : 'identity.code.lead')}</p>
          {invitation.code && invitation.state !== 'locked' && <Banner tone="warn">{t('identity.code.voids')}</Banner>}
          <div className="identity-link-ways" data-one={invitation.codeWays.length === 1 || undefined}>
            {invitation.codeWays.map((way) => (
              <Button
                key={way}
                icon={ICONS[way]}
                kind={way === 'read-out' ? 'primary' : 'plain'}
                disabled={request.busy}
                onClick={() => void make(way)}
              >
                <span className="identity-link-way">
                  {t(`identity.code.${way}`)}
                  <small>{notes[way]}</small>
                </span>
              </Button>
            ))}
          </div>
          {closed.length > 0 && (
            <Muted small>{t('identity.code.closed', { ways: closed.map((way) => t(`identity.way.${way}`)).join(', ') })}</Muted>
          )}
        </Stack>
      )}
    </Dialog>
  )
}

function CodeMade({ made, phone, note, local }: { made: MadeCode; phone: string; note: string; local: boolean }) {
  const now = useTools().api.now()
  const t = useTexts()
  const f = useFormats()
  const until = t('identity.code.until', { time: untilWords(made.expiresAt, now, f) })
  if (made.code === null) {
    return (
      <Banner tone={local ? 'warn' : 'good'} urgent title={local ? t('identity.went.local') : t('identity.code.sent', { to: note })}>
        {until}
      </Banner>
    )
  }
  return (
    <Stack gap={4}>
      <BigDigits digits={made.code} group={3} size="l" label={t('identity.code.read')} note={until} />
      {phone !== '' && (
        <LinkButton href={`tel:${phone}`} icon="phone" wide>
          {t('identity.code.call', { phone: shownPhone(phone) })}
        </LinkButton>
      )}
      <Muted small>{t('identity.code.once')}</Muted>
    </Stack>
  )
}
