// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { renderCase, roomIn } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MARIA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { Board } from '#client/caucus/board/Board.tsx'
import { testTranslate } from '#client/i18n/testing.tsx'
import { RoomComposer } from '#client/messaging/RoomComposer.tsx'
import { UnsentMessage } from '#client/messaging/UnsentMessage.tsx'
import { useOutboxEntries } from '#client/realtime/use-case.tsx'
import { GroupBar } from '#client/rooms/groups/GroupBar.tsx'
import { GroupInvitation } from '#client/rooms/groups/GroupInvitation.tsx'
import { OpenGroup } from '#client/rooms/groups/OpenGroup.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { SuspendedNotice } from '#client/rooms/SuspendedNotice.tsx'
import { EndingAct } from '#client/signing/ending-act/EndingAct.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { mediationEnded, mediationSuspended, sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { type Audience, roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type RoomId } from '#shared/kernel/ids.ts'
import { groupEnded, groupEntered, groupOpened } from '#shared/rooms/group-protocol.ts'
import { lineInterrupted, lineRestored } from '#shared/rooms/line-protocol.ts'
import { lockLifted, lockSet } from '#shared/rooms/lock-protocol.ts'
import { procedureChanged } from '#shared/rooms/procedure-protocol.ts'
import { useWayBack } from './Groups.tsx'
import { useRooms } from './use-rooms.ts'

beforeAll(() => {
  addDialog()
  window.matchMedia ??= () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }) as never
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const t = testTranslate('en')
const ROOM = roomAudience(asId<RoomId>('g'.padEnd(22, '_')))

function running() {
  const world = smallCase().happen(sessionStarted, 'case', {}).confirm(MED)
  for (const [person, side] of [
    [AIGUL, BEREKE],
    [PAVEL, DALA],
    [MARIA, DALA],
  ] as const)
    world.enter(person).confirm(person).join(person, 'all', sideAudience(side))
  return world
}
const withRoom = () =>
  running()
    .happen(groupOpened, ROOM, { name: 'Сроки', purpose: 'Договориться о днях', end: { way: 'session' } })
    .join(MED, ROOM)
    .join(AIGUL, ROOM)
    .join(MARIA, ROOM)

/** The rooms of a person, one shown, with the way back out of one that ends. */
function Shown({ first }: { first: Audience }) {
  const [room, enter] = useState<Audience>(first)
  const rooms = useRooms(true, { room, enter })
  useWayBack(rooms.current, enter)
  return (
    <>
      <p>{`shown: ${rooms.current?.audience}`}</p>
      <ul>
        {rooms.rooms.map(({ audience, over }) => (
          <li key={audience}>{`${audience}${over ? ' over' : ''}`}</li>
        ))}
      </ul>
      {rooms.current && <RoomComposer room={rooms.current} alone={false} />}
    </>
  )
}

const composer = (world: ReturnType<typeof running>, person: ParticipantId, audience: Audience) =>
  renderCase(world, person, <RoomComposer room={roomIn(world, person, audience)} alone={false} />)

describe('a room for some, on the screen', () => {
  it('[ROO-161] says whom it holds and that others do not learn of it; whoever opens it has come', async () => {
    const world = withRoom()
    const room = roomIn(world, AIGUL, ROOM)
    if (!room.group) throw new Error('a room for some')
    const { sent } = renderCase(
      world,
      AIGUL,
      <>
        <GroupInvitation room={room} group={room.group} onStepOver={() => undefined} />
        <GroupBar room={room} group={room.group} onBack={() => undefined} />
        <RoomComposer room={room} alone={false} />
      </>,
    )
    expect(screen.getAllByText(t('rooms.group.invitation', { name: 'Сроки' })).length).toBeGreaterThan(0)
    expect(screen.getAllByText(/Мария Жук/).length).toBeGreaterThan(1)
    expect(sent.map(({ name }) => name)).toEqual(['room:enter'])
    expect(room).toMatchObject({ who: 'group', kind: 'group', over: false })
    expect(() => roomIn(world, PAVEL, ROOM)).toThrow()
  })

  it('[ROO-161] a mediator comes in without a word of it, and sees who was asked and has not come', () => {
    const world = withRoom().happen(groupEntered, ROOM, {}, AIGUL)
    const room = roomIn(world, MED, ROOM)
    if (!room.group) throw new Error('a room for some')
    const { sent } = renderCase(world, MED, <GroupBar room={room} group={room.group} onBack={() => undefined} />)
    expect(sent).toEqual([])
    screen.getByText(t('rooms.group.awaited', { names: 'Мария Жук' }), { exact: false })
    screen.getByRole('button', { name: t('rooms.group.end') })
  })

  it('[ROO-160] a template that the way of the talks forbids is not offered', async () => {
    const parties = { name: t('rooms.group.template.parties') }
    const world = running()
    const { told } = renderCase(world, MED, <OpenGroup onClose={() => undefined} onOpened={() => undefined} />)
    screen.getByRole('button', parties)
    world.happen(procedureChanged, 'case', { caucusOnly: true, noVideo: false, breaks: false, interpreter: false })
    await told()
    expect(screen.queryByRole('button', parties)).toBeNull()
    screen.getByRole('button', { name: /Дала Жем/ })
  })

  it('[ROO-133] a mediator renames it: whoever is in it sees the name at once, and nobody else can', async () => {
    const world = withRoom().happen(groupEntered, ROOM, {}, AIGUL)
    const shown = (person: ParticipantId) => {
      const room = roomIn(world, person, ROOM)
      if (!room.group) throw new Error('a room for some')
      return renderCase(world, person, <GroupBar room={room} group={room.group} onBack={() => undefined} />, {
        answer: () => ({ ok: true, value: { at: [{ audience: ROOM, epoch: 0, seq: 99 }] } }),
      })
    }
    const { sent } = shown(MED)
    fireEvent.click(screen.getByRole('button', { name: t('rooms.group.rename') }))
    fireEvent.change(screen.getByRole('textbox', { name: t('rooms.group.name') }), { target: { value: '  Сроки поставки ' } })
    fireEvent.click(screen.getByRole('button', { name: t('rooms.group.rename-do') }))
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(sent).toMatchObject([{ name: 'room:rename', input: { name: 'Сроки поставки' } }])
    expect(sent[0]?.input).not.toHaveProperty('purpose', '')
    cleanup()
    void shown(AIGUL)
    expect(screen.queryByRole('button', { name: t('rooms.group.rename') })).toBeNull()
  })

  it('[ROO-162] one is back with all when it ends, and the room is left to be read', async () => {
    const world = withRoom()
    const { told } = renderCase(world, AIGUL, <Shown first={ROOM} />)
    screen.getByText(`shown: ${ROOM}`)
    world.happen(groupEnded, ROOM, {})
    await told()
    screen.getByText('shown: all')
    screen.getByText(`${ROOM} over`)
  })

  it('[ROO-162] also when its session ends, before any event of it says so', async () => {
    const world = withRoom()
    const { told } = renderCase(world, AIGUL, <Shown first={ROOM} />)
    world.happen(sessionEnded, 'case', {})
    await told()
    screen.getByText('shown: all')
  })

  it('[ROO-162] whoever has begun to write stays, and goes once the words are gone', async () => {
    const world = withRoom()
    const { told } = renderCase(world, AIGUL, <Shown first={ROOM} />)
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Мы согл' } })
    world.happen(groupEnded, ROOM, {})
    await told()
    screen.getByText(`shown: ${ROOM}`)
    screen.getByText(t('messaging.closed.over'))
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  it('[ROO-162] nor is anybody sent away from what was pressed there and has not arrived', async () => {
    const world = withRoom()
    const { told, timePasses } = renderCase(world, AIGUL, <Shown first={ROOM} />)
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Мы согласны.' } })
    fireEvent.click(screen.getByRole('button', { name: t('messaging.group.send') }))
    fireEvent.click(screen.getByRole('button', { name: t('messaging.group.send') }))
    await timePasses(0)
    world.happen(groupEnded, ROOM, {})
    await told()
    screen.getByText(`shown: ${ROOM}`)
    await timePasses(6_000)
    screen.getByText(`shown: ${ROOM}`)
  })

  it('[ROO-162] a room that has ended is read without being sent away', () => {
    const world = withRoom().happen(groupEnded, ROOM, {})
    void renderCase(world, AIGUL, <Shown first={ROOM} />)
    screen.getByText(`shown: ${ROOM}`)
  })

  it('[CAU-10] on the board a person who stepped over stands in that room, and in it alone', () => {
    const world = withRoom().happen(groupEntered, ROOM, {}, AIGUL)
    const rooms = ['all' as const, sideAudience(BEREKE), sideAudience(DALA), ROOM].map((audience) => roomIn(world, MED, audience))
    void renderCase(world, MED, <Board rooms={rooms} phones={new Map()} onEnter={() => undefined} />)
    const inRoom = screen.getByRole('region', { name: 'Сроки' })
    expect(inRoom.textContent).toContain('Айгүл Серік')
    expect(inRoom.textContent).toContain(t('rooms.group.asked-elsewhere', { names: 'Мария Жук' }))
    expect(screen.getByRole('region', { name: t('caucus.board.joint') }).textContent).not.toContain('Айгүл')
  })
})

function Waiting({ room }: { room: RoomView }) {
  return useOutboxEntries().map((entry) => <UnsentMessage key={entry.id} room={room} entry={entry} text="Подождём." />)
}

describe('what keeps one from writing', () => {
  it('[ROO-163] a lock is told in the composer’s place, not to the mediator, and goes with the lock', async () => {
    const world = running().happen(lockSet, 'all', { what: 'messages' })
    const { told } = composer(world, AIGUL, 'all')
    screen.getByText(t('messaging.closed.locked'))
    world.happen(lockLifted, 'all', { what: 'messages' })
    await told()
    screen.getByRole('textbox')
    cleanup()
    void composer(running().happen(lockSet, 'all', { what: 'messages' }), MED, 'all')
    screen.getByRole('textbox')
  })

  it('[ROO-163] the mediator’s line too, and only in the joint room', async () => {
    const world = running().happen(lineInterrupted, 'all', {}, 'system')
    const { told } = composer(world, AIGUL, 'all')
    screen.getByText(t('messaging.closed.line'))
    world.happen(lineRestored, 'all', {}, 'system')
    await told()
    screen.getByRole('textbox')
    cleanup()
    void composer(running().happen(lineInterrupted, 'all', {}, 'system'), AIGUL, sideAudience(BEREKE))
    screen.getByRole('textbox')
  })

  it('[ROO-147] what was pressed waits with true words, and goes under the same id when the room opens', async () => {
    const world = running()
    let open = false
    const refused = { ok: false, problem: { kind: 'unavailable', reason: 'messaging/line-interrupted' } } as const
    const answer = () => (open ? ({ ok: true, value: { at: [{ audience: 'all', epoch: 0, seq: 99 }] } } as const) : refused)
    const room = roomIn(world, AIGUL, 'all')
    const { told, timePasses, sent } = renderCase(
      world,
      AIGUL,
      <>
        <Waiting room={room} />
        <RoomComposer room={room} alone />
      </>,
      { answer },
    )
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Подождём.' } })
    fireEvent.click(screen.getByRole('button', { name: t('messaging.all.send') }))
    world.happen(lineInterrupted, 'all', {}, 'system')
    await told()
    await timePasses(0)
    screen.getByText(t('messaging.state.line'), { exact: false })
    open = true
    world.happen(lineRestored, 'all', {}, 'system')
    await told()
    await timePasses(10_000)
    expect(screen.queryByText(t('messaging.state.line'), { exact: false })).toBeNull()
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    expect(sent.length).toBeGreaterThan(1)
  })

  it('[CAS-260] [ROO-163] a suspended mediation says why, until when and what stays open', () => {
    const world = withRoom().happen(mediationSuspended, 'case', { reason: 'papers', until: '2026-12-10' })
    void renderCase(
      world,
      AIGUL,
      <>
        <SuspendedNotice />
        <RoomComposer room={roomIn(world, AIGUL, ROOM)} alone={false} />
      </>,
    )
    screen.getByText(t('rooms.suspended.reason.papers'), { exact: false })
    screen.getByText(/10.12.2026|12\/10\/2026/)
    screen.getByText(t('messaging.closed.suspended'))
    cleanup()
    void composer(world, AIGUL, sideAudience(BEREKE))
    screen.getByRole('textbox')
  })
})

describe('the notice that a mediation has ended', () => {
  it('[CAS-263] is printed in each language of the case, with the ground of the law and whose refusal it was', async () => {
    const print = vi.spyOn(window, 'print').mockImplementation(() => undefined)
    const world = running().happen(mediationEnded, 'case', { ground: 'refused', sideId: DALA })
    void renderCase(world, AIGUL, <EndingAct asked={{ onPrinted: () => undefined }} />)
    const pages = [...document.querySelectorAll('.signing-act')]
    expect(pages.map((page) => page.getAttribute('lang'))).toEqual(['kk', 'ru'])
    expect(pages[1]?.textContent).toContain('подпункт 4) пункта 1 статьи 26')
    for (const page of pages) expect(page.textContent).toContain('ТОО «Дала Жем»')
    await vi.waitFor(() => expect(print).toHaveBeenCalled())
    cleanup()
    void renderCase(
      running().happen(mediationEnded, 'case', { ground: 'settled' }),
      AIGUL,
      <EndingAct asked={{ onPrinted: () => undefined }} />,
    )
    expect(document.querySelector('.signing-act')).toBeNull()
  })
})
