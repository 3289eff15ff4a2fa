// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { useEffect, useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderCase, roomsOfSmallCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MED, smallCase } from '#client/app/testing/small-case.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { useCarriedWords } from './use-carried-words.ts'
import { useTalk, useTalkStore } from './use-talk.tsx'

afterEach(cleanup)

const [LINE, CAUCUS] = [directAudience(AIGUL), sideAudience(BEREKE)]

/** Begins to write in the waiting room, and is let in. */
function Admitted({ rooms }: { rooms: readonly RoomView[] }) {
  const talk = useTalkStore()
  const { words } = useTalk()
  const [isIn, comeIn] = useState(false)
  useEffect(() => {
    talk.write(LINE, 'Прежде чем начать…')
    comeIn(true)
  }, [talk])
  useCarriedWords(isIn ? rooms : [])
  return <output>{JSON.stringify([words[LINE] ?? '', words[CAUCUS] ?? ''])}</output>
}

describe('words begun in the waiting room', () => {
  const world = () => smallCase().happen(sessionStarted, 'case', {}).enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', CAUCUS).confirm(MED)

  it('[LIV-87] go along where nobody but the mediator reads them', async () => {
    const admitted = world()
    void renderCase(admitted, AIGUL, <Admitted rooms={roomsOfSmallCase(admitted, AIGUL)} />)
    await screen.findByText(JSON.stringify(['', 'Прежде чем начать…']))
  })

  it('[LIV-87] stay in their line where somebody else of the side would read them', async () => {
    const admitted = world()
    const rooms = roomsOfSmallCase(admitted, AIGUL).map((room) => {
      const [mine] = room.readers.filter(({ id }) => id === AIGUL)
      return mine ? { ...room, readers: [...room.readers, { ...mine, id: 'b'.repeat(22) as typeof mine.id }] } : room
    })
    void renderCase(admitted, AIGUL, <Admitted rooms={rooms} />)
    await screen.findByText(JSON.stringify(['Прежде чем начать…', '']))
    expect(rooms.some(({ kind }) => kind === 'side')).toBe(true)
  })
})
