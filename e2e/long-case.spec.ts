// A long conversation as people meet it: it opens with its last page, older words come while one reads back, and what one reads stays still.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { type CommandAck, WIRE } from '#shared/protocol/wire.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { type Connection, comeIn, newId, quickCase } from './quick-case.ts'
import { hears } from './room.ts'

const own = ownPlatform()
const COUNT = 420

async function shot(person: Someone, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder) await person.page.screenshot({ path: `${folder}/${name}.png` })
}

/** As fast as one person may speak. */
async function sayMany({ socket, read }: Connection, texts: readonly string[]): Promise<void> {
  const last = (await read('all')).at(-1)
  const seen = { audience: 'all', epoch: last?.epoch ?? 0, seq: last?.seq ?? 0, hash: last?.hash ?? '' }
  const say = async (text: string): Promise<boolean> => {
    const id = newId()
    const envelope = { id, name: messagePost.name, input: { audience: 'all', id, text }, seen }
    const ack: CommandAck = await socket.timeout(10_000).emitWithAck(WIRE.command, envelope)
    if (!ack.ok && ack.problem.kind !== 'too-many') throw new Error(JSON.stringify(ack.problem))
    return ack.ok
  }
  for (const text of texts) if (!(await say(text))) await expect.poll(() => say(text), { timeout: 60_000 }).toBe(true)
}

const scroller = (person: Someone) => person.page.locator('.ui-scroll').first()
const message = (person: Someone, text: string) => person.page.getByRole('article').filter({ hasText: text })
const topOf = async (person: Someone, text: string) => Math.round((await message(person, text).boundingBox())?.y ?? Number.NaN)

test('[LIV-33] a long conversation opens at its end, grows upwards while one reads back, and leads back with one tap', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const texts = Array.from({ length: COUNT }, (_, i) => `хабар ${String(i + 1).padStart(4, '0')}`)
  await sayMany(quick.mediator, texts)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  await hears(aigul, 'хабар 0420')
  await expect(message(aigul, 'хабар 0420')).toBeInViewport()
  await expect(message(aigul, 'хабар 0001')).toHaveCount(0)
  expect(await aigul.page.getByRole('article').count()).toBeLessThanOrEqual(200)
  await shot(aigul, 'long-case-end-ru')

  // Reading back: a page comes, and what is read does not move.
  const box = scroller(aigul)
  const firstText = async () => (await aigul.page.getByRole('article').first().textContent()) ?? ''
  // A page may be on its way since the opening: what was first twice in a row stays so until one reads back.
  let first = ''
  const isStill = async () => {
    const before = first
    first = await firstText()
    return first === before
  }
  await expect.poll(isStill, { intervals: [1_000], timeout: 20_000 }).toBe(true)
  const number = /хабар \d+/.exec(first)?.[0] ?? ''
  await box.evaluate((element) => element.scrollTo({ top: 700 }))
  const readingAt = await topOf(aigul, number)
  await expect.poll(async () => /хабар \d+/.exec((await aigul.page.getByRole('article').first().textContent()) ?? '')?.[0]).not.toBe(number)
  expect(Math.abs((await topOf(aigul, number)) - readingAt)).toBeLessThanOrEqual(2)

  // To the very beginning, and the way back.
  await expect
    .poll(
      async () => {
        await box.evaluate((element) => element.scrollTo({ top: 0 }))
        return message(aigul, 'хабар 0001').count()
      },
      { timeout: 60_000 },
    )
    .toBe(1)
  await expect(aigul.page.getByRole('button', { name: aigul.say('rooms.older.fetch') })).toHaveCount(0)
  const shown = await aigul.page.locator('.ui-talk .ui-message-body').allTextContents()
  expect(shown).toEqual(texts)
  await shot(aigul, 'long-case-beginning-ru')
  const grave = (await new AxeBuilder({ page: aigul.page }).analyze()).violations.filter(({ impact }) =>
    /serious|critical/.test(impact ?? ''),
  )
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)).toEqual([])
  await aigul.press('ui.latest')
  await expect(message(aigul, 'хабар 0420')).toBeInViewport()
  await expect(aigul.page.getByRole('button', { name: aigul.say('ui.latest') })).toHaveCount(0)
})
