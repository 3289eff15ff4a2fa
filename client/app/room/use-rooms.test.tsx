// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MED, smallCase } from '#client/app/testing/small-case.ts'
import { Conversation } from '#client/messaging/Conversation.tsx'
import { layOut } from '#client/messaging/testing/lay-out.ts'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE, testId } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { wordingAnswered, wordingAsked } from '#shared/crossing/crossing-protocol.ts'
import { type Audience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { WordingId } from '#shared/kernel/ids.ts'
import { messagesRead } from '#shared/messaging/read-marks-protocol.ts'
import { useRooms } from './use-rooms.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const CAUCUS = sideAudience(BEREKE)

function Rooms() {
  const [room, enter] = useState<Audience>('all')
  const { rooms, current, unreadOf } = useRooms(true, { room, enter })
  return (
    <>
      {current && <Conversation room={current} roomEvents={[]} older={null} />}
      {rooms.map(({ audience }) => (
        <button type="button" key={audience} onClick={() => enter(audience)}>
          {`${audience} ${unreadOf(audience)}`}
        </button>
      ))}
    </>
  )
}

describe('what is new in a room', () => {
  const running = () => smallCase().happen(sessionStarted, 'case', {}).enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', CAUCUS).confirm(MED)

  it('[LIV-75] was said before the page was opened as well, and is new over a reload until it was before the eyes', async () => {
    layOut()
    const world = running().say(MED, CAUCUS, 'Только вам.')
    const device = memoryDeviceStorage()
    const open = () =>
      renderCase(world, AIGUL, <Rooms />, {
        storage: createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' }),
      })
    const first = open()
    screen.getByText(`${CAUCUS} 1`)
    first.unmount()
    const again = open()
    fireEvent.click(screen.getByText(`${CAUCUS} 1`))
    await screen.findByText(`${CAUCUS} 0`)
    again.unmount()
    void open()
    expect(screen.getByText(`${CAUCUS} 0`)).toBeTruthy()
  })

  it('[CRO-21] a wording is new to whoever is asked, until it is answered, and to nobody else', async () => {
    const wordingId = testId<WordingId>('wording')
    const world = running().happen(wordingAsked, CAUCUS, { wordingId, of: AIGUL, text: 'Подождём до мая' })
    const { told, unmount } = renderCase(world, AIGUL, <Rooms />)
    screen.getByText(`${CAUCUS} 1`)
    screen.getByText('all 0')
    world.happen(wordingAnswered, CAUCUS, { wordingId, isRight: true }, AIGUL)
    await told()
    screen.getByText(`${CAUCUS} 0`)
    unmount()
    void renderCase(running().happen(wordingAsked, CAUCUS, { wordingId, of: AIGUL, text: 'Подождём' }), MED, <Rooms />)
    expect(screen.getByText(`${CAUCUS} 0`)).toBeTruthy()
  })

  it('[LIV-75] is new to a mediator, whose device keeps nothing, until another device of theirs has shown it', async () => {
    const own = selfAudience(MED)
    const world = running().join(MED, own).say(AIGUL, CAUCUS, 'Только вам.')
    const { told, unmount } = renderCase(world, MED, <Rooms />)
    screen.getByText(`${CAUCUS} 1`)
    const { seq = 0 } = world.seenBy(MED).audiences.get(CAUCUS) ?? {}
    world.happen(messagesRead, own, { marks: [{ audience: CAUCUS, seq }] })
    await told()
    screen.getByText(`${CAUCUS} 0`)
    unmount()
    void renderCase(world.say(AIGUL, CAUCUS, 'И ещё.'), MED, <Rooms />)
    expect(screen.getByText(`${CAUCUS} 1`)).toBeTruthy()
  })
})
