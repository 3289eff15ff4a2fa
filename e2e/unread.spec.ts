// What was said and not yet seen, on two devices of one mediator who keep nothing, over a reload, and on a phone behind its draft.
import { expect, type Page, test } from '@playwright/test'
import { mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { comeIn, type Invited, mediatorComesIn, newId, quickCase } from './quick-case.ts'
import { boardRoom } from './room.ts'

const own = ownPlatform()

const FIRST = 'Біз 500-ге келісеміз'
const SECOND = 'Ждём до пятницы'

const tell = ({ connection }: Invited, audience: 'all' | ReturnType<typeof sideAudience>, text: string) =>
  connection.say(messagePost, { audience, id: newId(), text })
const isNew = (mediator: Someone, side: string, count: number) =>
  expect(boardRoom(mediator, side).locator('.caucus-board-news')).toContainText(String(count))
const nothingNew = (mediator: Someone, side: string) => expect(boardRoom(mediator, side).locator('.caucus-board-news')).toHaveCount(0)

async function sideName(mediator: Someone): Promise<string> {
  const name = await mediator.page.locator('.caucus-board-rooms section[aria-label]').nth(1).getAttribute('aria-label')
  if (name === null) throw new Error('the board has a column for each side')
  return name
}

/** Keeps what would be shown outside of the page. */
async function recordNotifications(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shown: unknown[] = []
    class Shown {
      static permission = 'granted'
      static requestPermission = async () => 'granted'
      onclick = null
      constructor(title: string, options: unknown) {
        shown.push([title, options])
      }
      close() {}
    }
    Object.assign(window, { Notification: Shown, shown })
    document.hasFocus = () => false
  })
}

test('[LIV-73] [LIV-75] words from before the page was opened are new on both devices of a mediator until one of them has shown them', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const caucus = sideAudience(first.sideId)
  await tell(first, caucus, FIRST)
  const laptop = await mediatorComesIn(browser, own.platform, quick)
  const side = await sideName(laptop)
  await isNew(laptop, side, 1)
  await expect(laptop.page).toHaveTitle('(1) Bitim')
  await laptop.page.reload()
  await isNew(laptop, side, 1)
  const tablet = await mediatorComesIn(browser, own.platform, quick)
  await isNew(tablet, side, 1)

  await laptop.press('caucus.board.enter', boardRoom(laptop, side))
  await expect(laptop.page.getByText(FIRST)).toBeVisible()
  await nothingNew(tablet, side)
  await expect(tablet.page).toHaveTitle('Bitim')
  await laptop.page.reload()
  await boardRoom(laptop, side).waitFor()
  await nothingNew(laptop, side)

  await tell(first, caucus, SECOND)
  await isNew(laptop, side, 1)
  await expect(laptop.page.getByText(SECOND)).toHaveCount(0)
  await boardRoom(tablet, side)
    .getByRole('button', { name: tablet.say('caucus.board.show') })
    .click()
  await expect(tablet.page.getByText(SECOND)).toBeVisible()
  await nothingNew(laptop, side)
  for (const mediator of [laptop, tablet]) {
    expect(await mediator.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(quick.caseId)
    expect(mediator.complaints).toEqual([])
    await mediator.context.close()
  }
})

test('[LIV-73] behind the draft of a phone words stay new, and are read when the talk is shown', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const phone = await comeIn(browser, first, { locale: 'ru', viewport: PHONE })
  const laptop = await comeIn(browser, first, { locale: 'ru' })
  const draft = phone.page.getByRole('button', { name: phone.say('rooms.tab.draft') })
  await draft.click()
  // the other device of the same person looks at the other room
  await laptop.page.getByRole('tab', { name: laptop.say('rooms.mediator') }).click()
  await tell(second, 'all', SECOND)
  const talk = phone.page.getByRole('button', { name: phone.say('rooms.tab.talk') })
  await expect(talk).toContainText('1')
  await expect(phone.page).toHaveTitle('(1) Bitim')
  await expect(laptop.page).toHaveTitle('(1) Bitim')
  await talk.click()
  await expect(phone.page.getByText(SECOND)).toBeVisible()
  await expect(phone.page).toHaveTitle('Bitim')
  await expect(laptop.page).toHaveTitle('Bitim')
  for (const person of [phone, laptop]) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
})

test('[LIV-78] a side that asks for its mediator, who looks elsewhere, is told of without a name or a word', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  await recordNotifications(mediator.page)
  await mediator.page.reload()
  await boardRoom(mediator, await sideName(mediator)).waitFor()
  await first.connection.say(mediatorCall, { sideId: first.sideId, reason: 'talk' })
  await expect(mediator.page).toHaveTitle('(1) Bitim')
  const shown = () => mediator.page.evaluate(() => JSON.stringify((window as unknown as { shown: unknown }).shown)) // set above
  await expect
    .poll(shown)
    .toBe(JSON.stringify([['Bitim', { body: mediator.say('rooms.alerts.notice'), tag: 'bitim', icon: '/icon-192.png' }]]))
  expect(mediator.complaints).toEqual([])
  await mediator.context.close()
})

test('[MSG-44] a room opens where one has read up to; what lies below stays new until it is come to', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru' })
  await tell(second, 'all', FIRST)
  await expect(aigul.page.getByRole('article').getByText(FIRST)).toBeVisible()
  await expect(aigul.page).toHaveTitle('Bitim')
  await aigul.page.getByRole('tab', { name: aigul.say('rooms.mediator') }).click()
  for (let nth = 1; nth <= 30; nth++) await tell(second, 'all', `Слово № ${nth}.`)
  await expect(aigul.page).toHaveTitle('(30) Bitim')
  await aigul.page.getByRole('tab', { name: aigul.say('rooms.all') }).click()
  await expect(aigul.page.getByText('Слово № 1.')).toBeInViewport()
  await expect(aigul.page.getByText('Слово № 30.')).not.toBeInViewport()
  await expect(aigul.page).toHaveTitle(/^\((?:[2-9]|[12]\d)\) Bitim$/)
  await aigul.press('ui.latest')
  await expect(aigul.page.getByText('Слово № 30.')).toBeInViewport()
  await expect(aigul.page).toHaveTitle('Bitim')
  expect(aigul.complaints).toEqual([])
  await aigul.context.close()
})
