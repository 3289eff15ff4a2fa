// The owner's page: who works here, inviting mediators, a link for a forgotten password, closing an account.
import { useState } from 'react'
import { useLoad } from '#client/http/use-load.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Menu, type MenuItem } from '#client/ui/actions/Menu.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip, PersonLine } from '#client/ui/base/surfaces.tsx'
import { ErrorState, ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { Account } from '#shared/identity/identity-protocol.ts'
import { accountList, accountState } from '#shared/identity/staff-protocol.ts'
import { InviteMediatorDialog } from './InviteMediatorDialog.tsx'
import { OfficeFrame } from './OfficeFrame.tsx'
import { PasswordLinkDialog } from './PasswordLinkDialog.tsx'
import { useAccount, useStaffCall } from './use-staff.tsx'

export function PeopleScreen() {
  const t = useTexts()
  const call = useStaffCall()
  const me = useAccount()
  const people = useLoad('accounts', async () => (await call(accountList, {})).accounts)
  const request = useRequest()
  const [inviting, setInviting] = useState(false)
  const [closing, setClosing] = useState<Account>()
  const [linking, setLinking] = useState<Account>()
  const setState = (account: Account, state: Account['state']) =>
    request.run(async () => {
      const changed = await call(accountState, { accountId: account.id, state })
      people.change((accounts) => accounts.map((each) => (each.id === changed.id ? changed : each)))
    })
  const actsOf = (account: Account): readonly MenuItem[] =>
    account.state === 'active'
      ? [
          { id: 'password', label: t('identity.people.password'), icon: 'link', onSelect: () => setLinking(account) },
          { id: 'close', label: t('identity.people.close'), icon: 'lock', danger: true, onSelect: () => setClosing(account) },
        ]
      : [{ id: 'open', label: t('identity.people.open'), icon: 'refresh', onSelect: () => void setState(account, 'active') }]
  return (
    <OfficeFrame>
      <Stack gap={5}>
        <div className="ui-page-head">
          <Stack gap={1}>
            <h1>{t('identity.people')}</h1>
            <Muted>{t('identity.people.lead')}</Muted>
          </Stack>
          <Button kind="primary" icon="plus" onClick={() => setInviting(true)}>
            {t('identity.people.invite')}
          </Button>
        </div>
        {request.problem && !closing && <ProblemBanner problem={request.problem} onClose={request.clear} />}
        {people.state.kind === 'loading' && <Skeleton lines={4} />}
        {people.state.kind === 'refused' && <ErrorState problem={people.state.problem} onRetry={() => void people.reload()} />}
        {people.state.kind === 'here' && (
          <ul className="ui-card-list">
            {people.state.value.map((account) => (
              <Card key={account.id} as="li" tight>
                <div className="identity-line">
                  <PersonLine name={account.profile.name} who="mediators" away={account.state === 'closed'} note={account.email} />
                  <Row gap={2}>
                    {account.state === 'closed' && <Chip tone="bad">{t('identity.people.closed')}</Chip>}
                    <Chip who="mediators">{t(`identity.role.${account.role}`)}</Chip>
                    {account.id !== me.id && (
                      <Menu label={t('identity.people.more', { name: account.profile.name })} items={actsOf(account)} />
                    )}
                  </Row>
                </div>
              </Card>
            ))}
          </ul>
        )}
      </Stack>
      {inviting && <InviteMediatorDialog onClose={() => setInviting(false)} />}
      {linking && <PasswordLinkDialog account={linking} onClose={() => setLinking(undefined)} />}
      {closing && (
        <ConfirmDialog
          size="s"
          title={t('identity.people.close.title', { name: closing.profile.name })}
          kind="danger"
          confirm={t('identity.people.close')}
          busy={request.busy}
          problem={request.problem}
          act={() => setState(closing, 'closed')}
          onClose={() => setClosing(undefined)}
        >
          <p>{t('identity.people.close.text')}</p>
        </ConfirmDialog>
      )}
    </OfficeFrame>
  )
}
