// Pages that staff open by a one-time link: what is sent with the link's secret opens their session, and leads into the office.
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { type FieldsForm, useFields } from '#client/identity/forms/use-fields.ts'
import { useLinkSecret } from '#client/identity/join/use-link-secret.ts'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import type { StaffSession } from '#shared/identity/staff-protocol.ts'
import type { RouteDefinition } from '#shared/protocol/route.ts'
import { useStaff } from './use-staff.tsx'

interface ByLinkProps {
  /** Said to whoever comes without a link, and where they get one. */
  readonly missing: string
  readonly actions?: ReactNode
  readonly children: (secret: string) => ReactNode
}

export function ByLink({ missing, actions, children }: ByLinkProps) {
  const t = useTexts()
  const { secret } = useLinkSecret()
  return (
    <PageFrame header={<PageHeader home="/" />} width="narrow">
      {secret === undefined ? (
        <EmptyState icon="link" title={t('identity.account.no-link')} actions={actions}>
          <p>{missing}</p>
        </EmptyState>
      ) : (
        children(secret)
      )}
    </PageFrame>
  )
}

interface WithSecret {
  readonly secret: string
}

/** A secret that does not even look like one is a link that is not valid. */
export function useFormByLink<Fields extends object>(
  route: RouteDefinition<Fields & WithSecret, StaffSession>,
  { secret }: WithSecret,
  first: Fields,
): FieldsForm<Fields, Fields & WithSecret> {
  const staff = useStaff()
  const { api } = useTools()
  const [, navigate] = useLocation()
  const form = useFields({
    schema: route.input,
    first,
    input: (fields) => ({ secret, ...fields }),
    async send(input) {
      staff.adopt(await api.call(route, input))
      navigate('/office', { replace: true })
      return undefined
    },
  })
  return form.faults.has('secret') ? { ...form, problem: { kind: 'not-found', reason: 'identity/link-unknown' } } : form
}
