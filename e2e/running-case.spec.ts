// People who change while a case runs: corrected and added on the case page, seen at once by everybody in the room.
import { expect, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { PHONE } from './people.ts'
import { comeIn, mediatorComesIn, quickCase } from './quick-case.ts'

const own = ownPlatform()

test('[CAS-10] [CAS-16] a name is corrected and a representative added, by keyboard, on a telephone too', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const other = await comeIn(browser, second, { locale: 'ru' })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  await mediator.page.setViewportSize(PHONE)
  await mediator.page.goto(new URL(`/office/cases/${quick.caseId}`, mediator.page.url()).href)

  const card = mediator.page.getByRole('listitem').filter({ hasText: first.name })
  await card.getByRole('button', { name: mediator.say('identity.invitation.more', { name: first.name }) }).press('Enter')
  await mediator.page.getByRole('menuitem', { name: mediator.say('identity.invitation.change') }).press('Enter')
  const dialog = mediator.dialog()
  await mediator.field('cases.person.name', dialog).fill('')
  await mediator.field('cases.person.phone', dialog).fill('12')
  await mediator.press('ui.save', dialog)
  await expect(mediator.field('cases.person.name', dialog)).toBeFocused()
  await expect(dialog.getByText(mediator.say('cases.person.phone.fault'))).toBeVisible()
  await mediator.field('cases.person.name', dialog).fill('Айгүл Серікқызы')
  await mediator.field('cases.person.phone', dialog).fill('8 701 222 33 44')
  await mediator.field('cases.person.phone', dialog).press('Enter')
  await expect(dialog).toHaveCount(0)
  const corrected = mediator.page.getByRole('listitem').filter({ hasText: 'Айгүл Серікқызы' })
  await expect(corrected.getByText('+7 701 222 33 44')).toBeVisible()
  await expect(other.page.getByText('Айгүл Серікқызы').first()).toBeVisible()

  await mediator.page
    .locator('section[data-who]')
    .first()
    .getByRole('button', { name: mediator.say('cases.person.add') })
    .press('Enter')
  await mediator.field('cases.person.name', dialog).fill('Мария Жук')
  await mediator.field('cases.person.authority', dialog).fill('доверенность № 5')
  await mediator.press('cases.person.add.do', dialog)
  await expect(dialog).toHaveCount(0)
  const added = mediator.page.getByRole('listitem').filter({ hasText: 'Мария Жук' })
  await expect(added.getByText('доверенность № 5')).toBeVisible()
  await expect(added.getByRole('button', { name: mediator.say('identity.invitation.send') })).toBeEnabled()
  const wide = await mediator.page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(PHONE.width)

  for (const person of [mediator, other]) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
})
