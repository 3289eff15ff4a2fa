// The day of a party on a small phone: large letters, a phone lying on its side, a finger in place of a mouse, a browser that refuses.
import { type Browser, expect, type Locator, type Page, type Route, test } from '@playwright/test'
import { caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { arrive, PHONE, type Someone } from './people.ts'
import { askToFreeze, comeIn, enterCode, type Invited, mediatorComesIn, newId, type QuickCase, quickCase } from './quick-case.ts'
import { sayHowRead } from './room.ts'

test.describe.configure({ timeout: 120_000 })
const own = ownPlatform()

const LYING = { width: 740, height: 360 }
const SMALLEST = { width: 320, height: 600 }

/** A telephone: a finger, and a keyboard on the glass. */
async function phone(browser: Browser, person: Invited, viewport = PHONE): Promise<Someone> {
  return comeIn(browser, person, { locale: 'ru', viewport, finger: true })
}

async function largeLetters(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
}

const boxOf = async (place: Locator) => {
  const box = await place.boundingBox()
  if (!box) throw new Error('it is not shown')
  return box
}

const heightOf = async (page: Page, selector: string) => (await boxOf(page.locator(selector))).height

/** Whole on the screen, and no higher than a few lines of its words. */
async function expectPressable(page: Page, ...places: readonly Locator[]): Promise<void> {
  const { width, height } = page.viewportSize() ?? PHONE
  for (const place of places) {
    // before its styles are there a page has places that nobody sees
    await expect(async () => {
      const box = await boxOf(place)
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.y).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width + 1)
      expect(box.y + box.height).toBeLessThanOrEqual(height + 1)
      expect(box.height).toBeGreaterThanOrEqual(43.5)
      expect(box.height).toBeLessThanOrEqual(150)
    }).toPass({ timeout: 5_000 })
  }
}

const part = (someone: Someone, name: 'talk' | 'draft' | 'help') =>
  someone.page.getByRole('button', { name: someone.say(`rooms.tab.${name}`) })
const sendButton = (page: Page) => page.locator('.ui-composer .ui-button[type=submit]')

async function closeText(quick: QuickCase): Promise<void> {
  await quick.mediator.fillDraft('Стороны договорились о сроке и о сумме.')
  await expect.poll(() => askToFreeze(quick)).toBe(true)
}

async function invite({ mediator, people: [first] }: QuickCase): Promise<void> {
  await mediator.say(caucusInvite, { sideId: first.sideId })
}

test('[UI-160] with letters twice as large everything of the room can be read and pressed', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  await second.connection.say(messagePost, { audience: 'all', id: newId(), text: 'Ждём до пятницы' })
  const aigul = await phone(browser, first)
  const { page } = aigul
  await largeLetters(page)
  const tabs = [part(aigul, 'talk'), part(aigul, 'draft'), part(aigul, 'help')]
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  await expectPressable(page, ...(await page.getByRole('tab').all()), page.locator('.ui-composer textarea'), sendButton(page), ...tabs)
  expect((await boxOf(page.locator('.ui-composer textarea'))).width).toBeGreaterThan(250)
  expect(await heightOf(page, '.ui-scroll')).toBeGreaterThanOrEqual(100)
  await part(aigul, 'draft').click()
  await expectPressable(page, aigul.button('drafting.edit'), ...tabs)
  await closeText(quick)
  await expect(aigul.button('signing.sign')).toBeVisible()
  await expectPressable(page, aigul.button('signing.sign'), aigul.button('signing.decline'), ...tabs)
  await aigul.press('signing.decline')
  await expectPressable(page, aigul.button('ui.back', aigul.dialog()), aigul.button('ui.close', aigul.dialog()))
  expect(await wider()).toBe(0)
  await aigul.context.close()
})

test('[UI-160] with letters twice as large nothing of the mediator’s board is wider than the phone', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff, { withThird: true })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const { page } = mediator
  await page.setViewportSize(PHONE)
  await largeLetters(page)
  await page.locator('summary', { hasText: 'Береке' }).first().click()
  await page.locator('summary', { hasText: mediator.say('caucus.minutes.title') }).click()
  await expect(page.locator('.caucus-minutes')).toBeVisible()
  const beyond = await page
    .locator('main *, header *')
    .evaluateAll((all) =>
      all.filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1).map((each) => each.outerHTML.slice(0, 80)),
    )
  expect(beyond).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
  await expectPressable(page, mediator.button('rooms.talk-short'), mediator.button('rooms.menu'))
  await mediator.context.close()
})

test('[JOI-160] in a phone lying on its side the code can be typed without looking for its field', async ({ browser }) => {
  const { people } = await quickCase(own.platform, own.staff, { admit: false })
  const aigul = await arrive(browser, { locale: 'kk', viewport: LYING, finger: true })
  const { page } = aigul
  const held: Route[] = []
  await page.route('**/assets/base-*.js', (route) => void held.push(route))
  await page.goto(people[0].link, { waitUntil: 'commit' })
  await expectPressable(page, page.locator('#first-join input[inputmode]'))
  for (const route of held) await route.continue()
  await expectPressable(page, page.locator('#root input[inputmode]'))
  await aigul.context.close()
})

test('[UI-161] whether to be told of news leaves room for the talk, and waits where there is little', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await phone(browser, quick.people[0])
  const { page } = aigul
  await page.locator('.ui-composer textarea').fill('Здравствуйте')
  await sendButton(page).tap()
  await page.getByRole('alertdialog').getByRole('button').first().tap()
  const question = page.getByText(aigul.say('rooms.alerts.question'))
  await expect(question).toBeVisible()
  const answers = [aigul.button('rooms.alerts.question.yes'), aigul.button('rooms.alerts.question.no')]
  await part(aigul, 'talk').focus() // the keyboard is put away
  expect(await heightOf(page, '.ui-scroll')).toBeGreaterThanOrEqual(150)
  await expectPressable(page, ...answers, sendButton(page))
  await page.setViewportSize(SMALLEST)
  await expectPressable(page, ...answers, sendButton(page), page.locator('.ui-composer textarea'))
  await page.setViewportSize(LYING)
  await expect(question).toBeHidden()
  await page.setViewportSize(PHONE)
  await expect(question).toBeVisible()
  await part(aigul, 'draft').click()
  await expect(question).toBeHidden()
  await part(aigul, 'talk').click()
  await invite(quick)
  await expect(aigul.button('caucus.invitation.enter')).toBeVisible()
  await expect(question).toBeHidden()
  await aigul.press('caucus.invitation.later')
  await expect(question).toBeVisible()
  await aigul.context.setOffline(true)
  await aigul.sees('rooms.offline.title')
  await expect(question).toBeHidden()
  await aigul.context.setOffline(false)
  await expect(question).toBeVisible()
  await aigul.context.close()
})

test('[UI-161] [UI-105] an invitation has its answers, and a caucus its conversation, in a phone lying on its side', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await phone(browser, quick.people[0], LYING)
  const { page } = aigul
  await invite(quick)
  await expect(aigul.button('caucus.invitation.enter')).toBeVisible()
  await expectPressable(page, aigul.button('caucus.invitation.enter'), aigul.button('caucus.invitation.later'))
  await aigul.press('caucus.invitation.enter')
  await expect(aigul.dialog().getByText(aigul.say('caucus.step-over.missing'))).toBeInViewport()
  await expect(aigul.button('caucus.step-over.enter', aigul.dialog())).toHaveAccessibleDescription(aigul.say('caucus.step-over.missing'))
  await page.getByLabel(aigul.say('caucus.step-over.alone')).check()
  await expect(aigul.dialog().getByText(aigul.say('caucus.step-over.missing'))).toHaveCount(0)
  await aigul.press('caucus.step-over.enter', aigul.dialog())
  await expect(aigul.button('caucus.bar.end')).toBeVisible()
  await expectPressable(page, aigul.button('caucus.bar.end'), sendButton(page))
  expect(await heightOf(page, '.ui-scroll')).toBeGreaterThanOrEqual(150)
  await aigul.context.close()
})

test('[UI-161] whether another device is one’s own can be answered on every phone', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await phone(browser, quick.people[0])
  const other = await phone(browser, quick.people[0])
  const mine = aigul.button('identity.access.mine')
  const answers = [mine, aigul.button('identity.access.not-mine')]
  await expect(mine).toBeVisible()
  for (const viewport of [PHONE, SMALLEST, LYING]) {
    await aigul.page.setViewportSize(viewport)
    await expectPressable(aigul.page, ...answers, sendButton(aigul.page))
    // not behind what lies below
    for (const answer of answers) await answer.click({ trial: true })
  }
  await other.context.close()
  await aigul.context.close()
})

test('[UI-163] the draft and the closed text keep their height in a phone lying on its side, also without a connection', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await phone(browser, quick.people[0], LYING)
  const { page } = aigul
  await quick.mediator.fillDraft('Стороны договорились о сроке и о сумме.')
  await part(aigul, 'draft').click()
  const ready = page.getByRole('radio', { name: aigul.say('drafting.ready.yes') })
  await expect(ready).toBeVisible()
  await expectPressable(page, ready, aigul.button('drafting.edit'))
  expect(await heightOf(page, '.draft-sheet')).toBeGreaterThanOrEqual(150)
  await aigul.context.setOffline(true)
  await aigul.sees('rooms.offline.title')
  expect(await heightOf(page, '.draft-sheet')).toBeGreaterThanOrEqual(120)
  await aigul.context.setOffline(false)
  await closeText(quick)
  await expect(aigul.button('signing.sign')).toBeVisible()
  await expectPressable(page, aigul.button('signing.sign'), aigul.button('signing.decline'))
  expect(await heightOf(page, '.signing-scroll')).toBeGreaterThanOrEqual(150)
  await aigul.context.close()
})

test('[UI-162] [UI-164] one comes from the confirmation to the head of the waiting room, and no finger leaves a mark', async ({
  browser,
}) => {
  const { people } = await quickCase(own.platform, own.staff, { admit: false })
  const aigul = await arrive(browser, { locale: 'ru', viewport: PHONE, finger: true })
  const { page } = aigul
  await enterCode(aigul, people[0], await people[0].code())
  await aigul.sees('rooms.confirm.title')
  const tickAll = aigul.button('rooms.confirm.tick-this')
  await expect(tickAll).toBeDisabled()
  const readable = await tickAll.evaluate((button) => getComputedStyle(button).backgroundColor)
  for (const [tick, button] of [
    ['agreement', 'ui.next'],
    ['explanation', 'ui.next'],
    ['remote', 'rooms.confirm.do'],
  ] as const) {
    await page.getByLabel(aigul.say(`rooms.confirm.tick-${tick}`)).tap()
    await aigul.button(button).tap()
  }
  await aigul.sees('rooms.waiting.title')
  expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(0)
  await expect(page.locator('.ui-header')).toBeInViewport({ ratio: 1 })
  await expect(aigul.button('rooms.waiting.leave')).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)')
  await aigul.context.close()

  const desk = await arrive(browser, { locale: 'ru' })
  const other = people[1]
  await enterCode(desk, other, await other.code())
  await desk.sees('rooms.confirm.title')
  await desk.button('rooms.confirm.tick-all').hover({ force: true })
  await expect(desk.button('rooms.confirm.tick-all')).toHaveCSS('background-color', readable)
  await desk.context.close()
})

test('[UI-165] a wrong code is said where one has pressed, and what is missing before that', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await phone(browser, quick.people[0])
  const { page } = aigul
  await part(aigul, 'draft').click()
  await closeText(quick)
  await aigul.press('signing.sign')
  await expect(aigul.button('ui.next')).toHaveAccessibleDescription(aigul.say('signing.missing.read'))
  await sayHowRead(aigul)
  const sign = aigul.button('signing.sign')
  await expect(sign).toHaveAccessibleDescription(aigul.say('signing.missing.code'))
  await aigul.field('signing.new-code.label').fill('000000')
  await expect(sign).toBeEnabled()
  await sign.tap()
  const refused = page.getByRole('alert').filter({ hasText: /\d/ })
  await expect(refused).toBeInViewport()
  const [said, button] = [await boxOf(refused), await boxOf(sign)]
  expect(button.y - (said.y + said.height)).toBeLessThan(120)
  await aigul.context.close()
})

const TELEGRAM =
  'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 Telegram-Android/11.1'

test('[UI-166] a messenger whose browser refuses to copy shows the link to be copied by hand', async ({ browser }) => {
  const { people } = await quickCase(own.platform, own.staff, { admit: false })
  const aigul = await arrive(browser, { locale: 'kk', viewport: PHONE, finger: true, userAgent: TELEGRAM })
  const { page } = aigul
  const session = await aigul.context.newCDPSession(page)
  const { origin } = new URL(people[0].link)
  const { browserContextId = '' } = (await session.send('Target.getTargetInfo')).targetInfo
  const permission = { name: 'clipboard-write' }
  await session.send('Browser.setPermission', { origin, permission, setting: 'denied', browserContextId })
  await page.goto(people[0].link)
  const copy = page.getByRole('button', { name: /Сілтемені көшіру|Скопировать/ })
  await copy.tap()
  await expect(page.getByText(people[0].link)).toBeVisible()
  await expect(page.getByRole('button', { name: /өзіңіз көшіріңіз|скопируйте его сами/ })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
  await aigul.context.close()
})
