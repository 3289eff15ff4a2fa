import { useParams } from 'wouter'
import { NewCaseScreen } from '#client/cases/new-case/NewCaseScreen.tsx'
import { StaffGate } from '#client/identity/staff/use-staff.tsx'
import { asId, ID_PATTERN, type UnfinishedId } from '#shared/kernel/ids.ts'

export function NewCaseRoute() {
  const { unfinishedId } = useParams()
  const id = unfinishedId !== undefined && ID_PATTERN.test(unfinishedId) ? asId<UnfinishedId>(unfinishedId) : undefined
  return (
    <StaffGate>
      <NewCaseScreen id={id} />
    </StaffGate>
  )
}
