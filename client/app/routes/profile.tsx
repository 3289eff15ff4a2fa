import { ProfileScreen } from '#client/identity/staff/ProfileScreen.tsx'
import { StaffGate } from '#client/identity/staff/use-staff.tsx'

export function ProfileRoute() {
  return (
    <StaffGate>
      <ProfileScreen />
    </StaffGate>
  )
}
