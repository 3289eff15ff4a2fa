// A message that is taken away, as people do it and as the others see it: by the menu beside it or by keyboard, asked once, for good.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { everythingOn } from './kept-on-device.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { comeIn, mediatorComesIn, newId, quickCase } from './quick-case.ts'
import { hears, writeFirst } from './room.ts'

const own = ownPlatform()

const LEAKED = 'Егер керек болса, 1 200 000 теңгеге де келісеміз'

/** Screenshots for the eye, where a folder for them is given. */
async function shot(person: Someone, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder) await person.page.screenshot({ path: `${folder}/${name}.png` })
}

const messageWith = (person: Someone, text: string) => person.page.getByRole('article').filter({ hasText: text })

/** Nothing on the page, in its storage or in what screen readers are told. */
async function expectGone(person: Someone, text: string): Promise<void> {
  await expect(person.page.getByText(text)).toHaveCount(0)
  expect(await everythingOn(person)).not.toContain(text)
}

test('[MSG-8] [MSG-9] [MSG-11] an author takes a message away on a phone by keyboard; the others see at once who and when, and no word', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  await quick.mediator.say(messagePost, { audience: 'all', id: newId(), text: 'Қош келдіңіздер' })
  await writeFirst(aigul, LEAKED)
  await hears(pavel, LEAKED)
  await shot(aigul, 'phone-own-ru')
  await shot(pavel, 'desktop-party-ru')
  await expect(messageWith(pavel, LEAKED).getByRole('button')).toHaveCount(0)

  const menu = messageWith(aigul, LEAKED).getByRole('button')
  await menu.focus()
  await aigul.page.keyboard.press('Enter')
  await expect(aigul.page.getByRole('menuitem', { name: aigul.say('messaging.remove') })).toBeFocused()
  await shot(aigul, 'phone-menu-ru')
  await aigul.page.keyboard.press('Enter')
  await expect(aigul.dialog()).toBeVisible()
  await shot(aigul, 'phone-dialog-ru')
  const grave = (await new AxeBuilder({ page: aigul.page }).analyze()).violations.filter(({ impact }) =>
    /serious|critical/.test(impact ?? ''),
  )
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)).toEqual([])
  await aigul.page.keyboard.press('Escape')
  await expect(aigul.dialog()).toHaveCount(0)
  await hears(pavel, LEAKED)

  await menu.click()
  await aigul.page.getByRole('menuitem').click()
  await aigul.press('messaging.remove.do', aigul.dialog())
  await expect(aigul.dialog()).toHaveCount(0)
  await expect(aigul.page.locator('.ui-removed')).toBeFocused()
  for (const [person, name] of [
    [aigul, aigul.say('messaging.you')],
    [pavel, quick.people[0].name],
  ] as const) {
    await expect(person.page.locator('.ui-removed')).toContainText(name)
    await expectGone(person, LEAKED)
  }
  await shot(aigul, 'phone-removed-ru')
  await shot(pavel, 'desktop-removed-ru')
  await aigul.page.reload()
  await aigul.page.locator('.ui-removed').waitFor()
  await expectGone(aigul, LEAKED)
  expect([...aigul.complaints, ...pavel.complaints]).toEqual([])
  await aigul.context.close()
  await pavel.context.close()
})

test('[MSG-8] the mediator takes away what a party has written to all; it says so in everybody’s language', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru', viewport: PHONE })
  await mediator.press('rooms.talk-short')
  for (const text of ['Добрый день. Мы готовы говорить.', LEAKED]) {
    await quick.people[0].connection.say(messagePost, { audience: 'all', id: newId(), text })
    await hears(mediator, text)
  }
  await writeFirst(mediator, 'Спасибо. Начнём с первого вопроса.')
  const message = messageWith(mediator, LEAKED)
  await message.hover()
  await shot(mediator, 'desktop-mediator-hover')
  await message.getByRole('button').click()
  await shot(mediator, 'desktop-mediator-menu')
  await mediator.page.getByRole('menuitem').click()
  await shot(mediator, 'desktop-mediator-dialog')
  await mediator.press('messaging.remove.do', mediator.dialog())
  await expect(mediator.dialog()).toHaveCount(0)
  for (const person of [mediator, pavel]) {
    await expect(person.page.locator('.ui-removed')).toContainText(quick.people[0].name)
    await expectGone(person, LEAKED)
  }
  await shot(mediator, 'desktop-mediator-removed')
  await shot(pavel, 'phone-removed-ru')
  expect([...mediator.complaints, ...pavel.complaints]).toEqual([])
  await mediator.context.close()
  await pavel.context.close()
})
