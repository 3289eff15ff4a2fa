import { NewAccountScreen } from '#client/identity/staff/NewAccountScreen.tsx'

export function WelcomeRoute() {
  return <NewAccountScreen as="mediator" />
}
