import { OfficeScreen } from '#client/cases/OfficeScreen.tsx'
import { StaffGate } from '#client/identity/staff/use-staff.tsx'

export function OfficeRoute() {
  return (
    <StaffGate>
      <OfficeScreen />
    </StaffGate>
  )
}
