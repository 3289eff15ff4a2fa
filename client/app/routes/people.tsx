import { PeopleScreen } from '#client/identity/staff/PeopleScreen.tsx'
import { StaffGate } from '#client/identity/staff/use-staff.tsx'

export function PeopleRoute() {
  return (
    <StaffGate>
      <PeopleScreen />
    </StaffGate>
  )
}
