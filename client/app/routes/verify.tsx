import { VerifyScreen } from '#client/verify/VerifyScreen.tsx'

export function VerifyRoute() {
  return <VerifyScreen />
}
