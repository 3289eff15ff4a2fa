// A report on a child in danger, over real HTTP and sockets: only its mediator makes, sees and keeps it.
import { afterEach, expect, it } from 'vitest'
import { answered } from '#server/testing/http-world.ts'
import { accepted, startSession } from '#server/testing/live-room.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { mediationEnd, sessionEnd } from '#shared/cases/case-protocol.ts'
import { childReportHandOver, childReportMake } from '#shared/child-report/child-report-protocol.ts'
import { childProtectionLook } from '#shared/child-report/child-report-routes.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'

const worlds: PlatformWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

it('[CHI-1] [CHI-2] is made by the mediator alone, also after the end, and reaches nobody else', async () => {
  const world = await platformWorld()
  worlds.push(world)
  const staff = await setUpOwner(world)
  const open = await openCase(world, staff)
  const { mediator, people } = await startSession(world, open)
  const reportId = asId<CommandId>('report'.padEnd(22, '_'))
  const text = 'Баланың денесінде көгерген іздер бар'
  for (const person of people)
    expect(await say(person.socket, childReportMake, { reportId, text })).toMatchObject({ ok: false, problem: { kind: 'forbidden' } })
  accepted(await say(mediator.socket, sessionEnd, {}))
  accepted(await say(mediator.socket, mediationEnd, { ground: 'circumstances' }))
  for (const person of people) await person.resume()
  const before = people.map(({ frames }) => frames.length)
  accepted(await say(mediator.socket, childReportMake, { reportId, text }))
  accepted(await say(mediator.socket, childReportMake, { reportId, text })) // asked again
  expect(await say(mediator.socket, childReportMake, { reportId, text: 'басқа' })).toMatchObject({
    ok: false,
    problem: { kind: 'conflict' },
  })
  accepted(await say(mediator.socket, childReportHandOver, { reportId, way: 'post' }))
  accepted(await say(mediator.socket, childReportHandOver, { reportId, way: 'mail' }))
  await mediator.resume()
  const own = mediator.events(selfAudience(mediator.me)).filter(({ type }) => type.startsWith('child-report:'))
  expect(own.map(({ type, body }) => [type, JSON.parse(body ?? '{}')])).toEqual([
    ['child-report:made', { reportId, text }],
    ['child-report:handed-over', { reportId, way: 'post' }],
  ])
  // Each of them asks once more, so that whatever was sent would be here.
  for (const [at, person] of people.entries()) {
    await person.resume()
    const since = person.frames.slice(before[at]).join('')
    for (const trace of ['child-report', 'көгерген', reportId]) expect(since).not.toContain(trace)
  }
})

it('[CHI-3] the body is told to staff as the installation has it, and to people of a case not', async () => {
  const world = await platformWorld({ env: { CHILD_PROTECTION_BODY: 'Білім бөлімі, Абай к. 1' } })
  worlds.push(world)
  const staff = await setUpOwner(world)
  const open = await openCase(world, staff)
  expect(answered(await staff.call(childProtectionLook, {}))).toEqual({ body: 'Білім бөлімі, Абай к. 1' })
  expect((await open.people[0].browser.call(childProtectionLook, {})).ok).toBe(false)
})
