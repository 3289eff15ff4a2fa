import { NewCaseScreen } from '#client/cases/new-case/NewCaseScreen.tsx'
import { StaffGate } from '#client/identity/staff/use-staff.tsx'

export function NewCaseRoute() {
  return (
    <StaffGate>
      <NewCaseScreen />
    </StaffGate>
  )
}
