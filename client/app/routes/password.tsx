import { NewPasswordScreen } from '#client/identity/staff/NewPasswordScreen.tsx'

export function PasswordRoute() {
  return <NewPasswordScreen />
}
