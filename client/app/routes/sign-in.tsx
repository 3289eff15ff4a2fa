import { SignInScreen } from '#client/identity/staff/SignInScreen.tsx'

export function SignInRoute() {
  return <SignInScreen />
}
