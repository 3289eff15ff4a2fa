// Every address of the client, the code it needs and the texts it speaks. Each route is a chunk of its own.
import type { ComponentType } from 'react'
import { lazyRoute } from './lazy-route.ts'
import type { TextLoader } from './text-loading.ts'

export type Routes = ReadonlyArray<{ readonly path: string; readonly Screen: ComponentType }>

export function createRoutes(texts: TextLoader): Routes {
  const routes = [
    { path: '/', Screen: lazyRoute(texts, ['landing'], async () => (await import('./routes/landing.tsx')).LandingRoute) },
    // the secret of an invitation stands in the fragment, which no server ever sees
    { path: '/join', Screen: lazyRoute(texts, ['join'], async () => (await import('./routes/join.tsx')).JoinRoute) },
    {
      path: '/room/:caseId',
      Screen: lazyRoute(texts, ['waiting'], async () => (await import('./routes/room-entry.tsx')).RoomEntryRoute),
    },
    // lies over a phone that was given away
    { path: '/phone', Screen: lazyRoute(texts, ['phone'], async () => (await import('./routes/phone.tsx')).PhoneRoute) },
    { path: '/office', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/office.tsx')).OfficeRoute) },
    {
      path: '/office/new/:unfinishedId?',
      Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/new-case.tsx')).NewCaseRoute),
    },
    { path: '/office/cases/:caseId', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/case.tsx')).CaseRoute) },
    { path: '/office/people', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/people.tsx')).PeopleRoute) },
    { path: '/office/profile', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/profile.tsx')).ProfileRoute) },
    { path: '/office/messages', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/messages.tsx')).MessagesRoute) },
    { path: '/sign-in', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/sign-in.tsx')).SignInRoute) },
    { path: '/forgot', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/forgotten.tsx')).ForgottenRoute) },
    { path: '/verify', Screen: lazyRoute(texts, ['verify'], async () => (await import('./routes/verify.tsx')).VerifyRoute) },
    // one-time links: of the first owner, of an invited mediator, for a new password; their secrets stand in the fragment too
    { path: '/setup', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/setup.tsx')).SetupRoute) },
    { path: '/welcome', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/welcome.tsx')).WelcomeRoute) },
    { path: '/password', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/password.tsx')).PasswordRoute) },
  ]
  if (import.meta.env.DEV) {
    routes.push({ path: '/kit', Screen: lazyRoute(texts, [], async () => (await import('./kit/Gallery.tsx')).Gallery) })
  }
  return routes
}
