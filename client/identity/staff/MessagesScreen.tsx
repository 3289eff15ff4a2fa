// What would have gone out by mail or SMS, where nothing is configured to send it. The server shows it to the owner and on loopback only.
import { useLoad } from '#client/http/use-load.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip } from '#client/ui/base/surfaces.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { EmptyState, Skeleton } from '#client/ui/feedback/states.tsx'
import { sinkRead } from '#shared/identity/staff-protocol.ts'
import { OfficeFrame } from './OfficeFrame.tsx'
import { useStaffCall } from './use-staff.tsx'

export function MessagesScreen() {
  const t = useTexts()
  const f = useFormats()
  const call = useStaffCall()
  const messages = useLoad('sink', async () => (await call(sinkRead, {})).messages)
  return (
    <OfficeFrame>
      <Stack gap={5}>
        <div className="ui-page-head">
          <Stack gap={1}>
            <h1>{t('identity.messages')}</h1>
            <Muted>{t('identity.messages.lead')}</Muted>
          </Stack>
          <Button icon="refresh" onClick={() => void messages.reload()}>
            {t('identity.messages.refresh')}
          </Button>
        </div>
        {messages.state.kind === 'loading' && <Skeleton lines={4} />}
        {messages.state.kind === 'refused' && <ErrorState problem={messages.state.problem} onRetry={() => void messages.reload()} />}
        {messages.state.kind === 'here' && messages.state.value.length === 0 && (
          <EmptyState icon="send" title={t('identity.messages.empty')}>
            <p>{t('identity.messages.empty.text')}</p>
          </EmptyState>
        )}
        {messages.state.kind === 'here' && messages.state.value.length > 0 && (
          <ul className="ui-card-list">
            {messages.state.value
              .toSorted((a, b) => b.at - a.at)
              .map((message) => (
                <Card key={`${message.at} ${message.way} ${message.to} ${message.subject}`} as="li" tight>
                  <Stack gap={2}>
                    <Row gap={3} wrap>
                      <Chip icon={message.way === 'sms' ? 'phone' : 'send'}>{t(`identity.way.${message.way}`)}</Chip>
                      <span>{message.to}</span>
                      <Muted as="span" small>
                        {f.numericDate(message.at)} {f.exactTime(message.at)}
                      </Muted>
                    </Row>
                    {message.subject && <h2 className="identity-message-subject">{message.subject}</h2>}
                    <p className="identity-message">{message.text}</p>
                  </Stack>
                </Card>
              ))}
          </ul>
        )}
      </Stack>
    </OfficeFrame>
  )
}
