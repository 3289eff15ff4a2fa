import type { ComponentProps } from 'react'
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import type { BoardPart } from './BoardPart.tsx'

type BoardProps = ComponentProps<typeof BoardPart>

const BOARD: Part<BoardProps> = {
  groups: ['room', 'board', 'question', 'grants', 'before', 'while-waiting'],
  load: async () => (await import('./BoardPart.tsx')).BoardPart,
}

/** The board, fetched anew when it is built anew. */
export function BoardArea(props: BoardProps) {
  return <LazyPart part={BOARD} props={props} />
}
