// Who comes besides the sides: a lawyer who is late, an interpreter for a time, an observer with the consent of all; on phone and desktop.
import { type Browser, expect, test } from '@playwright/test'
import { answered, browser as httpDevice } from '#server/testing/http-world.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { caseLook, casePersonAdd } from '#shared/cases/case-routes.ts'
import { invitationCode, invitationLink, invitationList } from '#shared/identity/invitation-protocol.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { arrive, PHONE, type Someone } from './people.ts'
import {
  addressOf,
  type Connection,
  comeIn,
  enterCode,
  type Invited,
  mediatorComesIn,
  newId,
  openConnection,
  type QuickCase,
  quickCase,
} from './quick-case.ts'
import { confirmAll, conversation, hears, writeFirst } from './room.ts'

const own = ownPlatform()

/** Whoever was added, by the invitation that was made for them. */
async function invited(quick: QuickCase, name: string): Promise<Pick<Invited, 'link' | 'code' | 'participantId'> & { secret: string }> {
  const { facts } = answered(await own.staff.call(caseLook, { caseId: quick.caseId }))
  const participantId = facts.people.find((person) => person.name === name)?.id ?? newId<ParticipantId>()
  const { invitations } = answered(await own.staff.call(invitationList, { caseId: quick.caseId }))
  const invitationId = invitations.find((each) => each.participantId === participantId)?.id
  if (invitationId === undefined) throw new Error(`nobody invited ${name}`)
  const { link, secret } = answered(await own.staff.call(invitationLink, { invitationId }))
  const code = async () => answered(await own.staff.call(invitationCode, { invitationId, way: 'read-out' })).code ?? ''
  return { link: link.replace('//localhost', '//127.0.0.1'), code, participantId, secret }
}

/** At a socket without a screen, confirmed. */
async function connectedAs(quick: QuickCase, name: string): Promise<Connection> {
  const { secret, code } = await invited(quick, name)
  const session = answered(await httpDevice(addressOf(own.platform)).call(joinEnter, { secret, code: await code(), keep: true }))
  const connection = await openConnection(own.platform, { token: session.token, caseId: quick.caseId })
  await connection.say(agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
  return connection
}

async function addOnCasePage(mediator: Someone, section: number, role: string, name: string): Promise<void> {
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

async function toBoard(mediator: Someone, quick: QuickCase): Promise<void> {
  await mediator.page.goto(`${addressOf(own.platform)}/room/${quick.caseId}`)
  await mediator.page.getByRole('heading', { name: mediator.say('rooms.grants.title') }).waitFor()
}

const granted = (mediator: Someone, name: string) => mediator.page.getByRole('article', { name })

async function interpreterOnPhone(browser: Browser, quick: QuickCase): Promise<Someone> {
  const invitation = await invited(quick, 'Динара Әли')
  const interpreter = await arrive(browser, { locale: 'ru', viewport: PHONE, finger: true })
  await enterCode(interpreter, invitation, await invitation.code())
  const read = interpreter.say('rooms.confirm.tick-agreement-other', { role: interpreter.say('rooms.role.interpreter') })
  await confirmAll(interpreter, [read, interpreter.say('rooms.confirm.tick-explanation')])
  await interpreter.sees('rooms.waiting.think')
  return interpreter
}

test('[ROO-100] [ROO-103] [CAS-202] a lawyer comes late and an interpreter for the meeting, each told with their role', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [, second] = quick.people
  const other = await comeIn(browser, second, { locale: 'ru' })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  await mediator.page.goto(`${addressOf(own.platform)}/office/cases/${quick.caseId}`)
  await addOnCasePage(mediator, 0, 'lawyer', 'Мария Жук')
  await addOnCasePage(mediator, 2, 'interpreter', 'Динара Әли')
  const lawyer = await connectedAs(quick, 'Мария Жук')
  const interpreter = await interpreterOnPhone(browser, quick)

  await toBoard(mediator, quick)
  await mediator.page
    .getByRole('article', { name: 'Мария Жук' })
    .getByRole('button', { name: mediator.say('caucus.board.admit-all') })
    .click()
  await lawyer.say(messagePost, { audience: 'all', id: newId(), text: 'Добрый день, я адвокат' })
  await hears(other, 'Добрый день, я адвокат')
  await expect(conversation(other).getByText(other.say('rooms.role.lawyer'), { exact: false }).first()).toBeVisible()

  const card = granted(mediator, 'Динара Әли')
  await card
    .getByRole('button', { name: mediator.say('rooms.grants.let-in') })
    .first()
    .press('Enter')
  await mediator.press('rooms.grants.do', mediator.dialog())
  await expect(card.getByText(mediator.say('rooms.grants.with-session'))).toBeVisible()
  await interpreter.page.getByText(interpreter.say('rooms.own-grant.writes'), { exact: false }).waitFor()
  await writeFirst(interpreter, 'Мен аудармашымын')
  await hears(other, 'Мен аудармашымын')
  await expect(conversation(other).getByText(other.say('rooms.role.interpreter'), { exact: false }).first()).toBeVisible()
  expect(await interpreter.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)

  await card.getByRole('button', { name: mediator.say('rooms.grants.end') }).click()
  await interpreter.sees('rooms.waiting.think')
  await writeFirst(other, 'Это переводчик уже не читает')
  await expect(interpreter.page.getByText('Это переводчик уже не читает')).toHaveCount(0)
  for (const person of [mediator, other, interpreter]) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
})

test('[ROO-104] [ROO-105] [ROO-106] an observer looks on with the consent of all, until one of them takes it back', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  answered(
    await own.staff.call(casePersonAdd, {
      caseId: quick.caseId,
      participantId: newId<ParticipantId>(),
      role: 'observer',
      name: 'Нұрлан Бек',
      language: 'kk',
    }),
  )
  const observer = await connectedAs(quick, 'Нұрлан Бек')
  const phone = await comeIn(browser, first, { locale: 'ru', viewport: PHONE, finger: true })
  const desktop = await comeIn(browser, second, { locale: 'ru' })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const card = granted(mediator, 'Нұрлан Бек')
  await card
    .getByRole('button', { name: mediator.say('rooms.grants.ask') })
    .first()
    .click()
  await phone.press('rooms.consents.yes')
  await expect(card.getByText(/Береке: согласие есть/)).toBeVisible()
  await desktop.press('rooms.consents.yes')
  await card
    .getByRole('button', { name: mediator.say('rooms.grants.let-in') })
    .first()
    .click()
  await mediator.press('rooms.grants.do', mediator.dialog())
  await expect(conversation(desktop).getByText('Нұрлан Бек (наблюдатель)', { exact: false }).first()).toBeVisible()
  expect((await observer.read('all')).length).toBeGreaterThan(0)
  const refused = await observer.ask(messagePost, { audience: 'all', id: newId(), text: 'Можно?' })
  expect(refused).toMatchObject({ ok: false })

  await desktop.press('rooms.consents.take-back')
  await expect(card.getByText(mediator.say('rooms.grants.end'), { exact: true })).toHaveCount(0)
  await writeFirst(desktop, 'Теперь без наблюдателя')
  await hears(phone, 'Теперь без наблюдателя')
  expect((await observer.read('all')).some(({ body }) => body?.includes('Теперь без'))).toBe(false)
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  for (const person of [mediator, phone, desktop]) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
})
