// A long conversation as people meet it: it opens with its last page, older words come while one reads back, and what one reads stays still.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { comeIn, newId, quickCase, sayMany } from './quick-case.ts'
import { hears } from './room.ts'

const own = ownPlatform()
/** So many that a device gets the outline first, the last page, and three older ones as somebody reads back. */
const COUNT = 330
const LAST = 'хабар 0330'

async function shot(person: Someone, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder) await person.page.screenshot({ path: `${folder}/${name}.png` })
}

const scroller = (person: Someone) => person.page.locator('.ui-scroll').first()
const message = (person: Someone, text: string) => person.page.getByRole('article').filter({ hasText: text })
const earlier = (person: Someone) => person.page.getByRole('button', { name: person.say('rooms.older.fetch') })

interface Reading {
  /** The numbers of the messages that are seen. */
  readonly seen: readonly string[]
  /** Where the first of them stands. */
  readonly top: number
  readonly drawn: number
}

/** Scrolls by so much, and says what is read then, in one breath. */
async function reads(person: Someone, scrollBy = 0): Promise<Reading> {
  return scroller(person).evaluate((box, by) => {
    box.scrollBy(0, by)
    const { top, bottom } = box.getBoundingClientRect()
    const articles = [...box.querySelectorAll('article')]
    const shown = articles.filter((each) => each.getBoundingClientRect().bottom > top && each.getBoundingClientRect().top < bottom)
    return {
      seen: shown.map(({ textContent }) => /хабар (\d{4})/.exec(textContent ?? '')?.[1] ?? ''),
      top: shown[0]?.getBoundingClientRect().top ?? Number.NaN,
      drawn: articles.length,
    }
  }, scrollBy)
}

/** What was asked for has come and is drawn. */
async function isStill(person: Someone): Promise<void> {
  await expect(person.page.locator('[aria-busy="true"]')).toHaveCount(0)
  await person.page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
  })
}

/** The message that was read first stands where it stood. */
async function stays(person: Someone, { seen: [first = ''], top }: Reading): Promise<void> {
  const box = await message(person, `хабар ${first}`).boundingBox()
  expect(Math.abs((box?.y ?? Number.NaN) - top), `message ${first} moved`).toBeLessThanOrEqual(1.5)
}

/** Of every length, so that no guess of a height is right. */
const TEXTS = Array.from({ length: COUNT }, (_, i) => {
  const number = String(i + 1).padStart(4, '0')
  return `хабар ${number}${' екі бөлікпен төлей аламыз'.repeat((i * 7) % 11)}`
})
const numbers = TEXTS.map((_, i) => String(i + 1).padStart(4, '0'))

test('[LIV-33] [LIV-40] a long conversation opens at its end, grows upwards while one reads back, and leads back with one tap', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  await sayMany(quick.mediator, TEXTS)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  await hears(aigul, LAST)
  await expect(message(aigul, LAST)).toBeInViewport()
  await isStill(aigul)
  expect((await reads(aigul)).drawn).toBeLessThanOrEqual(90)
  await shot(aigul, 'long-case-end-ru')

  // Screen by screen to the very beginning: nothing is left out, what one reads does not move, and never much is drawn.
  const seen = new Set((await reads(aigul)).seen)
  await expect
    .poll(
      async () => {
        const reading = await reads(aigul, -400)
        await isStill(aigul)
        if (reading.seen.length > 0) await stays(aigul, reading)
        for (const each of (await reads(aigul)).seen) seen.add(each)
        expect(reading.drawn).toBeLessThanOrEqual(120)
        return seen.has('0001')
      },
      { intervals: [0], timeout: 120_000 },
    )
    .toBe(true)
  expect([...seen].sort()).toEqual(numbers)
  await expect(earlier(aigul)).toHaveCount(0)
  await shot(aigul, 'long-case-beginning-ru')
  const grave = (await new AxeBuilder({ page: aigul.page }).analyze()).violations.filter(({ impact }) =>
    /serious|critical/.test(impact ?? ''),
  )
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)).toEqual([])
  await aigul.press('ui.latest')
  await expect(message(aigul, LAST)).toBeInViewport()
  await expect(aigul.page.getByRole('button', { name: aigul.say('ui.latest') })).toHaveCount(0)
})

test('[LIV-41] what one reads in a long conversation stays where it is while words above it go, and in another width', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  await sayMany(quick.mediator, TEXTS.slice(0, 60))
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  await expect(message(aigul, 'хабар 0060')).toBeInViewport()
  const reading = await reads(aigul, -1_000)
  await isStill(aigul)
  await stays(aigul, reading)

  const events = await quick.mediator.read('all')
  const above = Number(reading.seen[0]) - 1
  const said = events.find(({ body }) => body?.includes(`хабар ${String(above - 2).padStart(4, '0')}`))
  await quick.mediator.say(messageRedact, { audience: 'all', epoch: said?.epoch ?? 0, seq: said?.seq ?? 0 })
  await expect(aigul.page.locator(`#removed-${said?.seq}`)).toHaveCount(1)
  await isStill(aigul)
  await stays(aigul, reading)

  await quick.mediator.say(messagePost, { audience: 'all', id: newId(), text: 'Тағы бір сөз' })
  await expect(message(aigul, 'Тағы бір сөз')).toHaveCount(1)
  await stays(aigul, reading)

  await aigul.page.setViewportSize({ width: 320, height: 740 })
  await isStill(aigul)
  expect((await reads(aigul)).seen[0]).toBe(reading.seen[0])
  await aigul.page.evaluate(() => document.documentElement.style.setProperty('font-size', '150%'))
  await isStill(aigul)
  expect((await reads(aigul)).seen[0]).toBe(reading.seen[0])
  await expect(aigul.page.getByRole('button', { name: aigul.say('ui.latest') })).toBeVisible()
  expect(await scroller(aigul).evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
})
