// What binds, over the whole platform: on a phone that several people use the server does it after the own code of whose name it bears.
import { afterEach, describe, expect, it } from 'vitest'
import { RULES } from '#server/catalogue.ts'
import { SHOWN_MS } from '#server/identity/sessions/shared-devices.ts'
import { allRoutes } from '#server/testing/all-routes.ts'
import { answered, refused } from '#server/testing/http-world.ts'
import { accepted, device } from '#server/testing/live-room.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { personHandOver, personShowCode, personTakeBack } from '#shared/identity/phone-protocol.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { codeContactAsk } from '#shared/signing/code-contact-routes.ts'
import { signingAsk } from '#shared/signing/signing-routes.ts'

const CODE = '403917'
const WRONG = '403918'
const CONFIRMED = { agreement: true, explanation: true, remoteForm: true } as const

const worlds: PlatformWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

/** A case whose first person has given their phone away and taken it back, some time ago. */
async function start() {
  const world = await platformWorld()
  worlds.push(world)
  const open = await openCase(world, await setUpOwner(world))
  const [{ browser, session }, other] = open.people
  const { participantId } = session
  answered(await browser.call(personHandOver, { participantId, code: CODE }))
  const taken = answered(await browser.call(personTakeBack, { participantId, code: CODE }))
  browser.token = taken.token
  const phone = await device(world, taken)
  world.clock.shift(SHOWN_MS + 1)
  const show = (code: string) => browser.call(personShowCode, { participantId, code })
  return { world, caseId: open.caseId, browser, participantId, phone, show, other }
}

const reasonOf = (ack: CommandAck) => (ack.ok ? 'done' : (ack.problem.reason ?? ack.problem.kind))

describe('what binds', () => {
  it('[IDE-253] is refused under no code and under a wrong one, with nothing stored, and done under the right one', async () => {
    const { world, phone, show, other } = await start()
    const confirm = () => say(phone.socket, agreementConfirm, CONFIRMED)
    const stored = async () => {
      await phone.resume()
      return phone.events('case').filter(({ type }) => type === 'agreement:confirmed')
    }
    expect(reasonOf(await confirm())).toBe('identity/own-code-asked')
    expect(refused(await show(WRONG))).toBe('identity/wrong-code')
    expect(reasonOf(await confirm())).toBe('identity/own-code-asked')
    expect(await stored()).toEqual([])
    answered(await show(CODE))
    accepted(await confirm())
    await expect.poll(async () => (await stored()).map(({ by }) => by)).toEqual([phone.me])
    // Nobody else's device notices anything.
    accepted(await say((await device(world, other.session)).socket, agreementConfirm, CONFIRMED))
    const told = `${world.journal.join('\n')}${phone.frames.join('\n')}`
    expect(told.includes(CODE) || told.includes(WRONG)).toBe(false)
  })

  it('[IDE-253] words are written without it, and once the phone is given away nothing is done by what was typed before', async () => {
    const { browser, participantId, phone, show } = await start()
    accepted(await phone.post(directAudience(phone.me), 'сәлем'))
    answered(await show(CODE))
    answered(await browser.call(personHandOver, { participantId }))
    await expect.poll(() => phone.closed).toEqual(['signed-out'])
    expect(refused(await show(CODE))).toBe('identity/session-held')
  })

  it('[IDE-253] the requests around a signature ask for it before they tell anything', async () => {
    const { browser, caseId, show } = await start()
    const contact = { way: 'mail', address: 'thief@example.kz' } as const
    const versionId = asId<VersionId>('versionAAAAAAAAAAAAAAA')
    expect(refused(await browser.call(signingAsk, { caseId, versionId }))).toBe('identity/own-code-asked')
    expect(refused(await browser.call(codeContactAsk, { caseId, contact }))).toBe('identity/own-code-asked')
    answered(await show(CODE))
    expect(refused(await browser.call(signingAsk, { caseId, versionId }))).toBe('not-found')
  })
})

it('[IDE-254] these bind, and no others', async () => {
  const agreed = { agreed: true, isRight: true, allowed: true }
  const no = { agreed: false, isRight: false, allowed: false }
  const binding = (input: object) => RULES.filter(({ binds }) => binds(input)).map(({ command }) => command.name)
  expect(binding(agreed).sort()).toEqual([
    'agreement:confirm',
    'consent:answer',
    'draft:give-ready',
    'earlier:open',
    'mediation:leave',
    'permission:give',
    'signature:give',
    'statement:allow',
    'version:decline',
    'wording:answer',
  ])
  expect(
    binding(agreed)
      .filter((name) => !binding(no).includes(name))
      .sort(),
  ).toEqual(['consent:answer', 'statement:allow', 'wording:answer'])
  const routes = (await allRoutes()).filter((route) => route.kind === 'json' && route.binds).map(({ path }) => path)
  expect(routes.sort()).toEqual([
    '/api/cases/:caseId/code-contact/ask',
    '/api/cases/:caseId/code-contact/confirm',
    '/api/cases/:caseId/code-contact/remove',
    '/api/cases/:caseId/devices/:deviceId/answer',
    '/api/cases/:caseId/versions/:versionId/certificate',
    '/api/cases/:caseId/versions/:versionId/confirmation',
  ])
})
