// A grant that is taken back while its holder is at work, over the whole platform: conversation, draft, pages.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { idOf } from '#server/testing/case-world.ts'
import { draftWriter } from '#server/testing/draft-writer.ts'
import { answered } from '#server/testing/http-world.ts'
import { accepted, type Device, device, type Room, startSession } from '#server/testing/live-room.ts'
import { linkAndCode, type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { casePersonAdd } from '#shared/cases/case-routes.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { blockElements, textOf } from '#shared/document/yjs-document.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { grantGive, grantTake } from '#shared/rooms/grant-protocol.ts'

let world: PlatformWorld
let open: OpenCase
let room: Room
let interpreter: Device
const who = { audience: 'all', participantId: idOf<ParticipantId>('interpreter') } as const

beforeEach(async () => {
  world = await platformWorld()
  open = await openCase(world, await setUpOwner(world))
  room = await startSession(world, open)
  const person = { participantId: who.participantId, role: 'interpreter', name: 'Динара Әли', language: 'kk' } as const
  const { invitationId } = answered(await open.staff.call(casePersonAdd, { caseId: open.caseId, ...person }))
  const session = answered(await world.browser().call(joinEnter, { ...(await linkAndCode(open.staff, invitationId)), keep: true }))
  interpreter = await device(world, session)
  accepted(await say(interpreter.socket, agreementConfirm, { agreement: true, explanation: true, remoteForm: true }))
  accepted(await say(room.mediator.socket, grantGive, who))
  await interpreter.resume()
  for (const each of [room.mediator, ...room.people]) await each.resume()
})
afterEach(() => world.close())

/** Something is said in the joint room and written into the draft by a side; resolves when both are stored. */
async function words(said: string): Promise<void> {
  const [first] = room.people
  await first.resume()
  accepted(await first.post('all', said))
  const writer = await draftWriter(first.socket)
  await writer.write((fragment) => textOf(blockElements(fragment).at(-1) as never)?.insert(0, said)) // the template has blocks
  writer.leave()
}

const heard = () => JSON.stringify(interpreter.events('all').map(({ body }) => body))

it('[ROO-103] is over for conversation and draft from the next word on, and the person stays in the case', async () => {
  const draft = await draftWriter(interpreter.socket)
  await words('до этого')
  await expect.poll(() => JSON.stringify(draft.blocks())).toContain('до этого')
  expect(heard()).toContain('до этого')
  accepted(await say(room.mediator.socket, grantTake, who))
  await words('после этого')
  await interpreter.resume()
  expect(heard()).not.toContain('после этого')
  expect(JSON.stringify(draft.blocks())).not.toContain('после этого')
  await expect(draftWriter(interpreter.socket)).rejects.toThrow('not-found')
  expect(await interpreter.post('all', 'можно?')).toMatchObject({ ok: false, problem: { reason: 'rooms/grant-ended' } })
  expect(interpreter.closed).toEqual([])
  expect(await interpreter.post(`direct:${who.participantId}`, 'жаздым')).toMatchObject({ ok: true })
})

it('[ROO-103] an interpreter reads the draft and writes no word into it', async () => {
  const draft = await draftWriter(interpreter.socket)
  await expect(draft.write((fragment) => textOf(blockElements(fragment).at(-1) as never)?.insert(0, 'моё'))).rejects.toBeDefined() // the template has blocks
})

it('[ROO-4] whoever is taken out of the case is told so and has no connection any more', async () => {
  accepted(await say(room.mediator.socket, personEnd, { participantId: who.participantId }))
  await expect.poll(() => interpreter.socket.connected).toBe(false)
})
