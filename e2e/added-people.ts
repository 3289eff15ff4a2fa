// Whoever comes to a case besides its first people: added by the mediator, in by an invitation of their own.
import { type Browser, expect } from '@playwright/test'
import { answered, browser as httpDevice } from '#server/testing/http-world.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { caseLook } from '#shared/cases/case-routes.ts'
import { invitationCode, invitationLink, invitationList } from '#shared/identity/invitation-protocol.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { arrive, PHONE, type Someone } from './people.ts'
import type { Platform } from './platform.ts'
import { addressOf, type Connection, enterCode, type Invited, newId, openConnection, type QuickCase } from './quick-case.ts'
import { confirmAll } from './room.ts'

/** Whoever was added, by the invitation that was made for them. */
async function invited(quick: QuickCase, name: string): Promise<Pick<Invited, 'link' | 'code' | 'participantId'> & { secret: string }> {
  const { facts } = answered(await quick.staff.call(caseLook, { caseId: quick.caseId }))
  const participantId = facts.people.find((person) => person.name === name)?.id ?? newId<ParticipantId>()
  const { invitations } = answered(await quick.staff.call(invitationList, { caseId: quick.caseId }))
  const invitationId = invitations.find((each) => each.participantId === participantId)?.id
  if (invitationId === undefined) throw new Error(`nobody invited ${name}`)
  const { link, secret } = answered(await quick.staff.call(invitationLink, { invitationId }))
  const code = async () => answered(await quick.staff.call(invitationCode, { invitationId, way: 'read-out' })).code ?? ''
  return { link: link.replace('//localhost', '//127.0.0.1'), code, participantId, secret }
}

/** At a socket without a screen, confirmed. */
export async function connectedAs(platform: Platform, quick: QuickCase, name: string): Promise<Connection> {
  const { secret, code } = await invited(quick, name)
  const session = answered(await httpDevice(addressOf(platform)).call(joinEnter, { secret, code: await code(), keep: true }))
  const connection = await openConnection(platform, { token: session.token, caseId: quick.caseId })
  await connection.say(agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
  return connection
}

/** On the page of the case; `section`: the side's number, or the one after the last for whoever belongs to none. */
export async function addOnCasePage(mediator: Someone, section: number, role: string, name: string): Promise<void> {
  await mediator.page
    .locator('.case-side')
    .nth(section)
    .getByRole('button', { name: mediator.say('cases.person.add') })
    .press('Enter')
  const dialog = mediator.dialog()
  await mediator.field('cases.person.name', dialog).fill(name)
  await mediator.field('cases.person.role', dialog).selectOption(role)
  await mediator.sees(`cases.role-note.${role}`, dialog)
  await mediator.press('cases.person.add.do', dialog)
  await expect(dialog).toHaveCount(0)
}

export async function toBoard(mediator: Someone, platform: Platform, quick: QuickCase): Promise<void> {
  await mediator.page.goto(`${addressOf(platform)}/room/${quick.caseId}`)
  await mediator.page.getByRole('heading', { name: mediator.say('rooms.grants.title') }).waitFor()
}

export const granted = (mediator: Someone, name: string) => mediator.page.getByRole('article', { name })

/** At a phone, confirmed, in the waiting room. */
export async function comesInOnPhone(browser: Browser, quick: QuickCase, name: string, role: string): Promise<Someone> {
  const invitation = await invited(quick, name)
  const person = await arrive(browser, { locale: 'ru', viewport: PHONE, finger: true })
  await enterCode(person, invitation, await invitation.code())
  const read = person.say('rooms.confirm.tick-agreement-other', { role: person.say(`rooms.role.${role}`) })
  await confirmAll(person, [read, person.say('rooms.confirm.tick-explanation')])
  await person.sees('rooms.waiting.think')
  return person
}
