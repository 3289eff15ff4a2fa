// Whoever waits reads one time, like everybody, and answers a task that the other side never learns of.
import { expect, test } from '@playwright/test'
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'
import { overhear, wordsIn } from './overheard.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE } from './people.ts'
import { comeIn, mediatorComesIn, quickCase } from './quick-case.ts'

const own = ownPlatform()
const HALF_AN_HOUR = 30 * 60_000
const MINUTE = 60_000

/** As a mediator in Kazakhstan types it, whatever the zone of this machine. */
function clockAt(at: number): { readonly time: string; readonly isTomorrow: boolean } {
  const [now, then] = [Date.now(), at].map((each) => new Date(each + TIME_ZONE.offsetMinutes * MINUTE).toISOString())
  return { time: then?.slice(11, 16) ?? '', isTomorrow: now?.slice(0, 10) !== then?.slice(0, 10) }
}

test('[WAI-1] [WAI-10] [WAI-12] [WAI-20] one side ranks what matters while it waits; all read the same time, and the other side nothing else', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const aigul = await comeIn(browser, first, { locale: 'ru', viewport: PHONE })
  const pavel = await comeIn(browser, second, { locale: 'ru', viewport: PHONE })
  const frames = overhear(pavel)
  await pavel.page.reload()
  await pavel.page.getByRole('tab', { name: pavel.say('rooms.all') }).waitFor()
  await expect(aigul.button('waiting.open')).toHaveCount(0)

  const { time, isTomorrow } = clockAt(Date.now() + HALF_AN_HOUR)
  await mediator.field('waiting.board.time').fill(time)
  if (isTomorrow) await mediator.page.getByLabel(mediator.say('waiting.board.tomorrow')).check()
  await mediator.press('waiting.board.tell')
  for (const person of [aigul, pavel]) {
    await expect(person.page.getByText(person.say(isTomorrow ? 'waiting.estimate.by-day' : 'waiting.estimate.by', { time }))).toBeVisible()
    await expect(person.page.getByText(person.say('waiting.task.given'))).toHaveCount(0)
  }

  await mediator.press('waiting.board.give')
  const sheet = mediator.dialog()
  await sheet.getByLabel('Береке', { exact: false }).first().check()
  await mediator.field('waiting.board.topics', sheet).fill('Төлем\nМерзім\nАйыппұл')
  // ◉ sheet mediator
  await mediator.press('waiting.board.give', sheet)
  await expect(sheet).toHaveCount(0)

  await expect(aigul.page.getByText(aigul.say('waiting.task.given'))).toBeVisible()
  // ◉ told aigul
  await aigul.press('waiting.open')
  await aigul.page.getByRole('button', { name: aigul.say('waiting.task.up', { topic: 'Мерзім' }) }).press('Enter')
  // ◉ ranking aigul
  await aigul.press('waiting.task.send', aigul.dialog())
  await expect(aigul.button('waiting.task.send-again')).toBeVisible()

  const side = mediator.page.getByRole('region', { name: /Береке/ }).filter({ has: mediator.button('waiting.board.show') })
  await expect(side).not.toContainText('Мерзім')
  await mediator.press('waiting.board.show', side)
  await expect(mediator.page.locator('.waiting-answer li')).toHaveText(['Мерзім', 'Төлем', 'Айыппұл'])
  // ◉ answers mediator

  await mediator.press('waiting.board.withdraw')
  await expect(pavel.button('waiting.open')).toHaveCount(0)
  await expect(aigul.page.getByText(aigul.say('waiting.estimate.by', { time }))).toHaveCount(0)
  const told = wordsIn(frames)
  expect(told.length).toBeGreaterThan(0)
  for (const word of ['Төлем', 'Мерзім', 'Айыппұл', 'task:']) expect(told.includes(word), word).toBe(false)
  expect([...mediator.complaints, ...aigul.complaints, ...pavel.complaints]).toEqual([])
  for (const person of [mediator, aigul, pavel]) await person.context.close()
})
