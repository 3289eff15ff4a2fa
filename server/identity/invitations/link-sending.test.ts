import { afterEach, describe, expect, it } from 'vitest'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld } from '#server/testing/identity-world.ts'
import { testId } from '#server/testing/test-id.ts'
import type { CodeWay } from '#shared/identity/code-ways.ts'
import { invitationCode, invitationLink, invitationList, invitationSend, type LinkWay } from '#shared/identity/invitation-protocol.ts'
import type { InvitationId } from '#shared/kernel/ids.ts'
import { digestOf } from '../random.ts'
import type { InvitationRecord } from './invitation-store.ts'
import { makeLinkSending } from './link-sending.ts'

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

const INVITED: InvitationRecord = {
  caseId: testId('case'),
  participantId: testId('person'),
  mediatorId: testId('mediator'),
  mediatorName: 'Айгерім Серікқызы',
  language: 'kk',
  contacts: { phone: '', email: '' },
  madeAt: 0,
  link: null,
  revoked: false,
  deliveries: [],
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

  it.each([
    ['sms', 'sms'],
    ['mail', 'mail'],
    ['copy', 'sms'],
    ['whatsapp', 'mail'],
  ] as const)('[IDE-200] a link by %s and a code by %s that are asked for at once never both go', async (link, code) => {
    const sent: string[] = []
    const send = async ({ text }: { text: string }) => void sent.push(text)
    const { world, owner, id } = await start({ mail: { sendMail: send }, sms: { sendSms: send } })
    const { invitations, codes } = world.identity
    for (let lead = -20; lead <= 20; lead++) {
      await codes.forget({ purpose: 'join', subject: id })
      const { secret } = answered(await owner.call(invitationLink, { invitationId: id }))
      world.clock.pass(1)
      const went = sent.length
      const [linkLeft, codeLeft] = await Promise.allSettled([
        turns(lead).then(() => (link === 'mail' ? invitations.sendLink(id, secret, link) : invitations.reserveLink(id, secret, link))),
        turns(-lead).then(() => invitations.makeCode(id, code)),
      ])
      const told = await seen({ world, owner, id })
      const left = { link: linkLeft.status === 'fulfilled', code: codeLeft.status === 'fulfilled' }
      expect(left, `the link ${lead} turns later`).not.toEqual({ link: true, code: true })
      expect(told.code !== null).toBe(left.code)
      expect(sent.length - went).toBe(Number(left.code) + Number(left.link && link === 'mail'))
    }
  })

  it.each(['reserveLink', 'sendLink'] as const)(
    '[IDE-200] %s sees a code that was made while its way was being written down',
    async (act) => {
      let code: CodeWay | undefined
      let record: InvitationRecord = { ...INVITED, link: { digest: digestOf('secret'), madeAt: 0 } }
      const links = makeLinkSending({
        load: async () => ({ id: 'invitation', version: 1, value: record }),
        async change(_id, edit) {
          code ??= 'sms' // by another request, which saw no link on this way yet
          record = edit(record)
        },
        waitingWay: async () => code,
        sending: () => ({ send: async () => undefined, record: {} }),
        linkOf: (secret) => secret,
        now: () => 0,
      })
      await expect(links[act](testId<InvitationId>('invitation'), 'secret', 'copy')).rejects.toMatchObject({
        problem: { reason: 'identity/same-way' },
      })
      expect(record).toMatchObject({ reserved: [], deliveries: [] })
    },
  )
})

/** So many turns of everything else that is under way. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve()
}
