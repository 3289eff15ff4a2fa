import { useParams } from 'wouter'
import { CaseScreen } from '#client/cases/CaseScreen.tsx'
import { StaffGate } from '#client/identity/staff/use-staff.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { asId, type CaseId, ID_PATTERN } from '#shared/kernel/ids.ts'

export function CaseRoute() {
  const { caseId = '' } = useParams()
  if (!ID_PATTERN.test(caseId)) {
    return (
      <PageFrame header={<PageHeader home="/office" />} width="narrow">
        <ErrorState problem={{ kind: 'not-found' }} />
      </PageFrame>
    )
  }
  return (
    <StaffGate>
      <CaseScreen caseId={asId<CaseId>(caseId)} />
    </StaffGate>
  )
}
