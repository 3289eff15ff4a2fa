import { type ComponentProps, Suspense } from 'react'
import { useLazyPart } from '#client/app/lazy-part.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import type { BoardPart as Part } from './BoardPart.tsx'

/** The board, fetched anew when it is built anew. */
export function BoardArea(props: ComponentProps<typeof Part>) {
  const BoardPart = useLazyPart(['room'], async () => (await import('./BoardPart.tsx')).BoardPart)
  return (
    <Suspense fallback={<Loading />}>
      <BoardPart {...props} />
    </Suspense>
  )
}
