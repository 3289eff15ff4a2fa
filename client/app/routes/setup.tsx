import { NewAccountScreen } from '#client/identity/staff/NewAccountScreen.tsx'

export function SetupRoute() {
  return <NewAccountScreen as="owner" />
}
