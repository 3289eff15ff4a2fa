// Every address of the client, the code it needs and the texts it speaks. Each route is a chunk of its own.
import type { ComponentType } from 'react'
import { lazyRoute } from './lazy-route.ts'
import type { TextLoader } from './text-loading.ts'

export type Routes = ReadonlyArray<{ readonly path: string; readonly Screen: ComponentType }>

export function createRoutes(texts: TextLoader): Routes {
  const routes = [
    { path: '/', Screen: lazyRoute(texts, [], async () => (await import('./routes/landing.tsx')).LandingRoute) },
    // the secret of an invitation stands in the fragment, which no server ever sees
    { path: '/join', Screen: lazyRoute(texts, ['join'], async () => (await import('./routes/join.tsx')).JoinRoute) },
    { path: '/room/:caseId', Screen: lazyRoute(texts, ['room', 'draft'], async () => (await import('./routes/room.tsx')).RoomRoute) },
    { path: '/office', Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/office.tsx')).OfficeRoute) },
    {
      path: '/office/cases/:id',
      Screen: lazyRoute(texts, ['office'], async () => (await import('./routes/office-case.tsx')).OfficeCaseRoute),
    },
    { path: '/sign-in', Screen: lazyRoute(texts, ['join'], async () => (await import('./routes/sign-in.tsx')).SignInRoute) },
    { path: '/verify', Screen: lazyRoute(texts, ['verify'], async () => (await import('./routes/verify.tsx')).VerifyRoute) },
    { path: '/first-run', Screen: lazyRoute(texts, ['join'], async () => (await import('./routes/first-run.tsx')).FirstRunRoute) },
  ]
  if (import.meta.env.DEV) {
    routes.push({ path: '/kit', Screen: lazyRoute(texts, [], async () => (await import('./kit/Gallery.tsx')).Gallery) })
  }
  return routes
}
