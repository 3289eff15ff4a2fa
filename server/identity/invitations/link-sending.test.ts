import { afterEach, describe, expect, it } from 'vitest'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld } from '#server/testing/identity-world.ts'
import { invitationCode, invitationLink, invitationList, invitationSend, type LinkWay } from '#shared/identity/invitation-protocol.ts'
import type { InvitationId } from '#shared/kernel/ids.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Invited {
  readonly world: IdentityWorld
  readonly owner: Browser
  readonly id: InvitationId
}

async function start(options: Parameters<typeof identityWorld>[0] = {}): Promise<Invited> {
  const world = await identityWorld(options)
  closing.push(world.close)
  const owner = await world.owner()
  return { world, owner, id: (await world.invite()).id }
}

const link = async ({ owner, id }: Invited) => answered(await owner.call(invitationLink, { invitationId: id })).secret
const step = ({ owner, id }: Invited, secret: string, way: LinkWay, which: 'reserve' | 'sent' | 'release') =>
  owner.call(invitationSend, { invitationId: id, secret, way, step: which })
const code = ({ owner, id }: Invited, way: 'sms' | 'mail' | 'read-out') => owner.call(invitationCode, { invitationId: id, way })
async function seen({ world, owner }: Invited) {
  const [invitation] = answered(await owner.call(invitationList, { caseId: world.caseId })).invitations
  if (!invitation) throw new Error('one was invited')
  const { state, reserved, deliveries, codeWays } = invitation
  return { state, reserved, gone: deliveries.map(({ what, way }) => `${what} ${way}`), codeWays, code: invitation.code }
}

describe('a link that leaves', () => {
  it('[IDE-47] what is reserved closes its way to the code, and is not called gone; released, it opens it again', async () => {
    const invited = await start()
    const secret = await link(invited)
    answered(await step(invited, secret, 'whatsapp', 'reserve'))
    expect(await seen(invited)).toMatchObject({ state: 'made', reserved: ['whatsapp'], gone: [], codeWays: ['read-out'] })
    expect(refused(await code(invited, 'sms'))).toBe('identity/same-way')
    expect(refused(await code(invited, 'mail'))).toBe('identity/same-way')
    answered(await step(invited, secret, 'whatsapp', 'release'))
    answered(await step(invited, secret, 'whatsapp', 'release'))
    expect(await seen(invited)).toMatchObject({ state: 'made', reserved: [], gone: [], codeWays: ['read-out', 'sms', 'mail'] })
    answered(await code(invited, 'sms'))
    expect(refused(await step(invited, secret, 'whatsapp', 'reserve'))).toBe('identity/same-way')
    expect(refused(await step(invited, secret, 'whatsapp', 'sent'))).toBe('identity/same-way')
  })

  it('[IDE-47] once it went it is recorded, once; a second that was about to go the same way stays reserved', async () => {
    const invited = await start()
    const secret = await link(invited)
    answered(await step(invited, secret, 'copy', 'reserve'))
    answered(await step(invited, secret, 'copy', 'reserve'))
    answered(await step(invited, secret, 'copy', 'sent'))
    expect(await seen(invited)).toMatchObject({ state: 'sent', reserved: ['copy'], gone: ['link copy'] })
    invited.world.clock.pass(1_000)
    const next = await link(invited)
    expect(await seen(invited)).toMatchObject({ reserved: [], codeWays: ['read-out', 'sms', 'mail'] })
    for (const which of ['reserve', 'sent', 'release'] as const) {
      expect(refused(await step(invited, secret, 'copy', which))).toBe('identity/link-unknown')
    }
    answered(await step(invited, next, 'qr', 'sent'))
  })

  it('[IDE-48] a letter that the mail server did not take is not called gone, and no code may follow it', async () => {
    let isUp = false
    const sendMail = async () => {
      if (!isUp) throw new Error('no mail today')
    }
    const invited = await start({ mail: { sendMail } })
    const secret = await link(invited)
    expect(refused(await step(invited, secret, 'mail', 'sent'))).toBe('identity/not-delivered')
    expect(await seen(invited)).toMatchObject({ state: 'made', reserved: ['mail'], gone: [], codeWays: ['read-out', 'sms'] })
    isUp = true
    answered(await step(invited, secret, 'mail', 'sent'))
    expect(await seen(invited)).toMatchObject({ state: 'sent', gone: ['link mail'] })
  })

  it('[IDE-48] a code that was not delivered waits for nobody and is not recorded, nor is the one before it good any more', async () => {
    const codes: string[] = []
    let isUp = true
    const sendSms = async ({ text }: { text: string }) => {
      codes.push(/\d{6}/.exec(text)?.[0] ?? '')
      if (!isUp) throw new Error('no gateway')
    }
    const invited = await start({ sms: { sendSms } })
    answered(await code(invited, 'sms'))
    expect((await seen(invited)).code).toMatchObject({ way: 'sms' })
    isUp = false
    expect(refused(await code(invited, 'sms'))).toBe('identity/not-delivered')
    expect(codes).toHaveLength(2)
    expect(await seen(invited)).toMatchObject({ code: null, gone: ['code sms'] })
  })
})
