import { MessagesScreen } from '#client/identity/staff/MessagesScreen.tsx'
import { StaffGate } from '#client/identity/staff/use-staff.tsx'

export function MessagesRoute() {
  return (
    <StaffGate>
      <MessagesScreen />
    </StaffGate>
  )
}
