import { ForgottenScreen } from '#client/identity/staff/ForgottenScreen.tsx'

export function ForgottenRoute() {
  return <ForgottenScreen />
}
