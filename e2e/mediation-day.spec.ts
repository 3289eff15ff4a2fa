// One whole mediation, from the owner's first link to an agreement that a stranger verifies.
import { expect, test } from '@playwright/test'
import { invite, openCase, setUp } from './office.ts'
import { arrive, PHONE, type Someone } from './people.ts'
import { type Platform, startPlatform } from './platform.ts'

let platform: Platform
test.beforeAll(async () => {
  platform = await startPlatform()
})
test.afterAll(() => platform.stop())

test('[DAY-1] a mediation day', async ({ browser }) => {
  const mediator = await arrive(browser, { locale: 'ru' })
  const aigul = await arrive(browser, { locale: 'kk', viewport: PHONE })
  const pavel = await arrive(browser, { locale: 'ru' })
  let caseId = ''

  await test.step('the owner sets up and opens a case', async () => {
    await mediator.context.grantPermissions(['clipboard-write', 'clipboard-read'])
    await setUp(mediator, platform, 'Ерлан Омаров')
    caseId = await openCase(mediator)
  })

  const links = await test.step('two people are invited by two ways', async () => ({
    aigul: await invite(mediator, 'Айгүл Серік', 'copy'),
    pavel: await invite(mediator, 'Павел Ким', 'mail'),
  }))

  await test.step('they join by link and code, confirm and wait', async () => {
    await join(aigul, links.aigul)
    await join(pavel, links.pavel)
  })
  expect(caseId).toHaveLength(22)
})

async function join(person: Someone, { link, code }: { link: string; code: string }): Promise<void> {
  await person.page.goto(link)
  await person.sees('identity.join.title')
  await person.field('identity.join.code').fill(code)
  await person.press('ui.next')
  await person.sees('rooms.confirm.title')
  for (const tick of ['agreement', 'explanation', 'remote']) await person.page.getByLabel(person.say(`rooms.confirm.tick-${tick}`)).check()
  await person.press('rooms.confirm.do')
  await person.sees('rooms.waiting.title')
}
