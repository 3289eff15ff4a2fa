// The first screen of an invited person on a line that brings the program late.
import { expect, type Route, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { arrive, PHONE } from './people.ts'
import { quickCase } from './quick-case.ts'
import { say } from './words.ts'

const own = ownPlatform()

test('[JOI-50] [JOI-51] [JOI-52] the code is typed and sent off before the program is there, and taken when it is', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff, { admit: false })
  const [person] = quick.people
  const aigul = await arrive(browser, { locale: 'kk', viewport: PHONE })
  const { page } = aigul
  const held: Route[] = []
  await page.route('**/assets/base-*.js', (route) => void held.push(route))
  await page.goto(person.link, { waitUntil: 'commit' })
  await expect(page.getByRole('heading', { name: say('kk', 'identity.join.invited') })).toBeVisible()
  await expect(page.getByText(say('ru', 'identity.join.lead'))).toBeHidden()
  const field = page.locator('#first-join input[inputmode]')
  const code = await person.code()
  await field.pressSequentially(`код ${code.slice(0, 3)} `)
  await expect(field).toHaveValue(code.slice(0, 3))
  await aigul.press('ui.next')
  await expect(page.getByText(say('kk', 'identity.join.short'))).toBeVisible()
  await field.pressSequentially(code.slice(3))
  await aigul.press('ui.next')
  await expect(page.getByText(say('kk', 'identity.join.coming'))).toBeVisible()
  for (const route of held) await route.continue()
  await page.waitForURL(/\/room\//)
  expect(aigul.complaints).toEqual([])
  await aigul.context.close()
})

test('[JOI-52] digits that were typed before the program is there stay, with the focus', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff, { admit: false })
  const [person] = quick.people
  const aigul = await arrive(browser, { locale: 'ru', viewport: PHONE })
  const held: Route[] = []
  await aigul.page.route('**/assets/base-*.js', (route) => void held.push(route))
  await aigul.page.goto(person.link, { waitUntil: 'commit' })
  await aigul.page.locator('#first-join input[inputmode]').pressSequentially('482')
  for (const route of held) await route.continue()
  const field = aigul.page.locator('#root input[inputmode]')
  await expect(field).toHaveValue('482')
  await expect(field).toBeFocused()
  await aigul.page.keyboard.type('017')
  await expect(field).toHaveValue('482017')
  await aigul.context.close()
})
