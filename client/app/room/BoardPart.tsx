// The board with the cards that other capabilities bring; fetched only by a mediator.
import type { ComponentProps } from 'react'
import { Board } from '#client/caucus/board/Board.tsx'
import { MinutesCard } from '#client/caucus/minutes/MinutesCard.tsx'
import { ProcedureForm } from '#client/preparation/ProcedureForm.tsx'
import { SafetyNote } from '#client/preparation/SafetyNote.tsx'
import { StatementsBoard } from '#client/preparation/StatementsBoard.tsx'
import { GrantsCard } from '#client/rooms/grants/GrantsCard.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { WaitingBoard } from '#client/waiting/WaitingBoard.tsx'
import { BoardCards } from './BoardCards.tsx'
import { DatesOnBoard } from './DatesOnBoard.tsx'

interface BoardPartProps extends Omit<ComponentProps<typeof Board>, 'cards' | 'noteOf'> {
  readonly session: RoomSession
}

export function BoardPart({ session, ...props }: BoardPartProps) {
  return (
    <Board
      {...props}
      cards={
        <>
          <WaitingBoard />
          <DatesOnBoard session={session} />
          <StatementsBoard />
          <ProcedureForm />
          <BoardCards />
          <MinutesCard />
          <GrantsCard />
        </>
      }
      noteOf={(person) => <SafetyNote person={person} />}
    />
  )
}
