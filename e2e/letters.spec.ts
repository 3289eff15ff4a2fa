// Characters that stopped a conversation or kept a text from being closed, at the doors where people bring them.
import { expect, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import type { Someone } from './people.ts'
import { comeIn, quickCase, textsOf } from './quick-case.ts'

const own = ownPlatform()

test('[CHR-11] a heart goes out, an override is named under the field and taken out by one press, and nothing after it waits', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru' })
  const field = aigul.page.locator('.ui-composer textarea')
  for (const words of ['добрый день', 'Спасибо ❤️', 'семья 👨‍👩‍👧', 'Звоните: \u202a+7 700 000 00 00\u202c']) await speak(aigul, words)
  await speak(aigul, 'сумма \u202e000 1')
  const told = aigul.page.getByRole('alert').filter({ hasText: 'U+202E' })
  await expect(told).toBeVisible()
  await expect(field).toHaveValue('сумма \u202e000 1')
  await told.getByRole('button', { name: aigul.say('ui.letters.take-out') }).click()
  await expect(told).toBeHidden()
  await field.press('Control+Enter')
  for (const words of ['Согласны на 500.', 'Ждём.']) await speak(aigul, words)
  const said = ['добрый день', 'Спасибо ❤️', 'семья 👨‍👩‍👧', 'Звоните: +7 700 000 00 00', 'сумма 000 1', 'Согласны на 500.', 'Ждём.']
  await expect.poll(async () => textsOf(await quick.mediator.read('all'))).toEqual(said)
  await aigul.context.close()
})

async function speak(person: Someone, text: string): Promise<void> {
  const field = person.page.locator('.ui-composer textarea')
  await field.fill(text)
  await field.press('Control+Enter')
  const question = person.page.getByRole('alertdialog')
  if (await question.isVisible()) await question.getByRole('button').first().click()
}
