// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MED, smallCase } from '#client/app/testing/small-case.ts'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { useRooms } from './use-rooms.ts'

afterEach(cleanup)

const CAUCUS = sideAudience(BEREKE)

function Rooms() {
  const { rooms, unreadOf, enter } = useRooms(true)
  return rooms.map(({ audience }) => (
    <button type="button" key={audience} onClick={() => enter(audience)}>
      {`${audience} ${unreadOf(audience)}`}
    </button>
  ))
}

describe('what is new in a room', () => {
  it('[LIV-43] stays new over a reload until it was before the eyes, though the device had received it', async () => {
    const world = smallCase().happen(sessionStarted, 'case', {}).enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', CAUCUS).confirm(MED)
    const device = memoryDeviceStorage()
    const open = () => {
      const storage = createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
      const shown = renderCase(world, AIGUL, <Rooms />, { storage })
      const received = () =>
        storage.rememberHeads([...world.seenBy(AIGUL).audiences].map(([audience, { seq }]) => ({ audience, epoch: 0, seq, hash: '' })))
      return { ...shown, received }
    }
    const first = open()
    world.say(MED, CAUCUS, 'Только вам.')
    await first.told()
    first.received()
    screen.getByText(`${CAUCUS} 1`)
    first.unmount()
    const again = open()
    fireEvent.click(screen.getByText(`${CAUCUS} 1`))
    screen.getByText(`${CAUCUS} 0`)
    again.unmount()
    open()
    expect(screen.getByText(`${CAUCUS} 0`)).toBeTruthy()
  })
})
