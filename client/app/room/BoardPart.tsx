// The board with the cards that other capabilities bring; fetched only by a mediator.
import type { ComponentProps } from 'react'
import { Board } from '#client/caucus/board/Board.tsx'
import { GrantsCard } from '#client/rooms/grants/GrantsCard.tsx'
import { BoardCards } from './BoardCards.tsx'

export function BoardPart(props: Omit<ComponentProps<typeof Board>, 'cards'>) {
  return (
    <Board
      {...props}
      cards={
        <>
          <BoardCards />
          <GrantsCard />
        </>
      }
    />
  )
}
