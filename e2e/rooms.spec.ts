// Rooms for some, locks and a pause, as a mediator at a desk and two sides on phones see them.
import { expect, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { comeIn, mediatorComesIn, quickCase } from './quick-case.ts'
import { boardRoom, goTo, hears, writeFirst } from './room.ts'

const own = ownPlatform()
/** A ribbon that says so, whatever stands beside its words. */
const told = (person: Someone, id: string) => expect(person.page.getByText(person.say(id))).toBeVisible()

test('[ROO-160] [ROO-161] [ROO-162] a mediator opens a room for one side; it steps over, and is back when the room ends; the other learns nothing', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const guest = await comeIn(browser, first, { locale: 'ru', viewport: PHONE })
  const other = await comeIn(browser, second, { locale: 'ru', viewport: PHONE })
  // ◉ board mediator
  await mediator.press('rooms.group.open')
  const sheet = mediator.dialog()
  await sheet.getByLabel(first.name).check()
  await sheet.getByRole('textbox', { name: mediator.say('rooms.group.name') }).fill('Сроки поставки')
  await sheet.getByRole('textbox', { name: mediator.say('rooms.group.purpose') }).fill('Договориться о днях')
  // ◉ sheet mediator
  await mediator.press('rooms.group.open-do', sheet)
  await expect(mediator.page.getByRole('tab', { name: 'Сроки поставки' })).toHaveAttribute('aria-selected', 'true')
  await guest.page
    .getByText(guest.say('rooms.group.invitation', { name: 'Сроки поставки' }))
    .first()
    .waitFor()
  // ◉ invited guest
  await guest.press('rooms.group.step-over')
  await expect(guest.page.getByRole('tab', { name: 'Сроки поставки' })).toHaveAttribute('aria-selected', 'true')
  await guest.page.getByRole('textbox').fill('Жетіде дайын боламыз.')
  await guest.page.keyboard.press('Control+Enter')
  // ◉ question guest
  await guest.page.getByRole('alertdialog').getByRole('button').first().click()
  await hears(mediator, 'Жетіде дайын боламыз.')
  await hears(guest, guest.say('caucus.event.you-stepped-over'))
  // ◉ inside guest
  // ◉ inside mediator
  await expect(other.page.getByRole('tab')).toHaveCount(2)
  expect(await other.page.content()).not.toContain('Сроки')

  await mediator.press('rooms.group.end')
  await mediator.press('rooms.group.end', mediator.dialog())
  await expect(guest.page.getByRole('tab', { name: guest.say('rooms.all') })).toHaveAttribute('aria-selected', 'true')
  await expect(guest.page.getByRole('tab')).toHaveCount(2)
  // ◉ back guest
  expect([...mediator.complaints, ...guest.complaints, ...other.complaints]).toEqual([])
  for (const person of [mediator, guest, other]) await person.context.close()
})

test('[ROO-140] [ROO-145] [ROO-163] [CAS-260] a lock, the mediator’s line and a pause are told in the same place, and end', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const guest = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const joint = boardRoom(mediator, mediator.say('caucus.board.joint'))
  const lock = async () => {
    await joint.getByRole('button', { name: new RegExp(mediator.say('rooms.locks.title')) }).click()
    await mediator.page.getByRole('menuitemcheckbox', { name: mediator.say('rooms.locks.lock.messages') }).click()
  }
  await lock()
  await told(guest, 'messaging.closed.locked')
  // ◉ locked guest
  // ◉ locks mediator
  await goTo(guest, guest.say('rooms.mediator'))
  await writeFirst(guest, 'А вам я могу написать.')
  await goTo(guest, guest.say('rooms.all'))
  await lock()
  await expect(guest.page.getByText(guest.say('messaging.closed.locked'))).toHaveCount(0)

  quick.mediator.socket.disconnect()
  await mediator.context.close()
  await expect(guest.page.getByText(guest.say('messaging.closed.line'))).toBeVisible({ timeout: 30_000 })
  // ◉ line guest
  const back = await mediatorComesIn(browser, own.platform, quick)
  await expect(guest.page.getByText(guest.say('messaging.closed.line'))).toHaveCount(0)

  await back.press('rooms.suspend.item')
  await back.dialog().getByLabel(back.say('rooms.suspended.reason.papers')).check()
  // ◉ suspend back
  await back.press('rooms.suspend.do', back.dialog())
  await guest.page.getByText(guest.say('rooms.suspended.reason.papers')).waitFor()
  await told(guest, 'messaging.closed.suspended')
  // ◉ suspended guest
  await back.press('rooms.suspend.resume')
  await expect(guest.page.getByText(guest.say('rooms.suspended.reason.papers'))).toHaveCount(0)

  await back.press('rooms.mediation.end')
  await back.dialog().getByLabel(back.say('rooms.mediation.ground.refused')).check()
  // ◉ end back
  await back.dialog().getByRole('radio').last().check()
  await back.press('rooms.mediation.end-do', back.dialog())
  await guest.button('signing.over.act').waitFor()
  // ◉ ended guest
  expect([...back.complaints, ...guest.complaints]).toEqual([])
  for (const person of [back, guest]) await person.context.close()
})
