// Where one was: over a reload, on a phone's tabs, by Back and Forward, and before the code was typed.
import { expect, type Page, test } from '@playwright/test'
import { sideAudience } from '#shared/kernel/audience.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { arrive, PHONE } from './people.ts'
import { askToFreeze, comeIn, mediatorComesIn, newId, quickCase, typeCode } from './quick-case.ts'
import { boardRoom } from './room.ts'

const own = ownPlatform()

const part = (page: Page, name: 'talk' | 'draft' | 'side') => expect(page.locator('.ui-room')).toHaveAttribute('data-part', name)

test('[LIV-82] [UI-95] a reload in the draft of a phone comes back to it; Back goes to the talk, to all together, and then out', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const phone = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const { page } = phone
  const isIn = (room: string) => expect(page.getByRole('tab', { name: phone.say(room) })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('tab', { name: phone.say('rooms.mediator') }).click()
  await isIn('rooms.mediator')
  await page.getByRole('button', { name: phone.say('rooms.tab.draft') }).click()
  await part(page, 'draft')
  await page.reload()
  await part(page, 'draft')
  await expect(page.getByRole('textbox', { name: phone.say('drafting.text') })).toBeVisible()
  await page.goBack()
  await part(page, 'talk')
  await isIn('rooms.mediator')
  await page.reload()
  await isIn('rooms.mediator')
  await page.goBack()
  await isIn('rooms.all')
  await page.goForward()
  await isIn('rooms.mediator')
  await page.goBack()
  await isIn('rooms.all')
  // the room has taken the place of the link: before it lies what the person looked at before
  await page.goBack()
  await expect(page).toHaveURL('about:blank')
  expect(phone.complaints).toEqual([])
  await phone.context.close()
})

test('[UI-96] Back closes a dialog and the drawer, and stays in the room', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const tablet = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: { width: 900, height: 700 } })
  const { page } = tablet
  await page.locator('.ui-room-drawer-button button').click()
  await expect(page.locator('.ui-room')).toHaveAttribute('data-drawer', 'true')
  await page.goBack()
  await expect(page.locator('.ui-room')).not.toHaveAttribute('data-drawer', 'true')
  await page
    .locator('header')
    .getByRole('button', { name: tablet.say('rooms.menu') })
    .click()
  await page.getByRole('menuitem', { name: tablet.say('rooms.leave.item') }).click()
  await expect(tablet.dialog()).toBeVisible()
  await page.goBack()
  await expect(tablet.dialog()).toHaveCount(0)
  await page.getByRole('tab', { name: tablet.say('rooms.all') }).waitFor()
  expect(tablet.complaints).toEqual([])
  await tablet.context.close()
})

test('[LIV-82] [LIV-170] [UI-173] after a reload in a caucus a mediator sees the board and no private word; one press leads back, and so does Forward', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const words = 'Только медиатору.'
  await first.connection.say(messagePost, { audience: sideAudience(first.sideId), id: newId(), text: words })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const { page } = mediator
  const side = (await page.locator('.caucus-board-rooms section[aria-label]').nth(1).getAttribute('aria-label')) ?? ''
  await mediator.press('caucus.board.enter', boardRoom(mediator, side))
  await expect(page.getByText(words)).toBeVisible()
  await expect(page.locator('.ui-composer textarea')).toBeFocused()
  await page.reload()
  await boardRoom(mediator, side).waitFor()
  await expect(page.getByText(words)).toHaveCount(0)
  await mediator.press('rooms.talk-short')
  await expect(page.getByText(words)).toBeVisible()
  await page.reload()
  await boardRoom(mediator, side).waitFor()
  await page.goForward()
  await expect(page.getByText(words)).toBeVisible()
  await page.reload()
  await boardRoom(mediator, side).waitFor()
  await mediator.press('caucus.board.enter', boardRoom(mediator, mediator.say('caucus.board.joint')))
  await page.reload()
  await expect(page.getByRole('tab', { name: mediator.say('rooms.all') })).toHaveAttribute('aria-selected', 'true')
  await mediator.press('rooms.board-short')
  await mediator.press('caucus.board.enter', boardRoom(mediator, side))
  await expect(page.getByText(words)).toBeVisible()
  const fresh = await mediator.context.newPage()
  await fresh.goto(page.url())
  await fresh.locator('.caucus-board-rooms').waitFor()
  await expect(fresh.getByText(words)).toHaveCount(0)
  await page.goBack()
  await boardRoom(mediator, side).waitFor()
  await expect(page.getByText(words)).toHaveCount(0)
  expect(mediator.complaints).toEqual([])
  await mediator.context.close()
})

test('[LIV-80] [LIV-81] the link survives a reload before the code, the ticks one after it; another visitor of the tab finds neither', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff, { admit: false })
  const [person] = quick.people
  const guest = await arrive(browser, { locale: 'ru', viewport: PHONE })
  const { page } = guest
  await page.goto(person.link)
  await guest.sees('identity.join.title')
  await page.reload()
  await guest.sees('identity.join.title')
  await typeCode(guest, await person.code())
  await page.getByLabel(guest.say('rooms.confirm.tick-agreement')).check()
  await guest.press('ui.next')
  await expect(page.getByLabel(guest.say('rooms.confirm.tick-explanation'))).not.toBeChecked()
  const secret = new URL(person.link).hash.slice(1)
  expect(await page.evaluate(() => JSON.stringify([window.history.state, { ...sessionStorage }]))).not.toContain(secret)
  await page.reload()
  await expect(page.getByLabel(guest.say('rooms.confirm.tick-explanation'))).not.toBeChecked()
  await guest.press('ui.back')
  await expect(page.getByLabel(guest.say('rooms.confirm.tick-agreement'))).toBeChecked()
  const fresh = await guest.context.newPage()
  await fresh.goto(new URL('/join', page.url()).href)
  await expect(fresh.getByText(guest.say('identity.join.no-link'))).toBeVisible()
  expect(guest.complaints).toEqual([])
  await guest.context.close()
})

test('[LIV-83] [MSG-44] a reload comes back to the words that were read; a fresh opening to those that are new', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const phone = await comeIn(browser, first, { locale: 'ru', viewport: PHONE })
  const { page } = phone
  for (let nth = 1; nth <= 40; nth++) {
    const { connection } = nth % 2 ? first : second
    await connection.say(messagePost, { audience: 'all', id: newId(), text: `Слово № ${nth}.` })
  }
  await expect(page.getByText('Слово № 40.', { exact: true })).toBeInViewport()
  const line = page.getByText('Слово № 15.', { exact: true })
  await line.evaluate((element) => element.scrollIntoView({ block: 'start' }))
  const topOf = () =>
    line.evaluate((element) => element.getBoundingClientRect().top - (element.closest('.ui-scroll')?.getBoundingClientRect().top ?? 0))
  await expect(line).toBeInViewport()
  await expect.poll(() => page.evaluate(() => JSON.stringify(window.history.state))).toContain('"reading":{')
  const before = await topOf()
  await page.reload()
  await expect(line).toBeInViewport()
  await expect.poll(async () => Math.abs((await topOf()) - before)).toBeLessThan(4)
  // behind the draft it waits
  await page.getByRole('button', { name: phone.say('rooms.tab.draft') }).click()
  await page.reload()
  await part(page, 'draft')
  await page.goBack()
  await expect(line).toBeInViewport()
  const fresh = await phone.context.newPage()
  await fresh.goto(page.url())
  await expect(fresh.getByText('Слово № 40.', { exact: true })).toBeInViewport()
  await expect(fresh.getByText('Слово № 15.', { exact: true })).not.toBeInViewport()
  await phone.press('ui.latest')
  await page.reload()
  await expect(page.getByText('Слово № 40.', { exact: true })).toBeInViewport()
  expect(phone.complaints).toEqual([])
  await phone.context.close()
})

test('[LIV-84] a reload comes back to the block of the draft, and of the closed text, that was read', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  await quick.mediator.fillDraft('Стороны договорились о сроке, цене и месте. '.repeat(12))
  const phone = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const { page } = phone
  await page.getByRole('button', { name: phone.say('rooms.tab.draft') }).click()
  const comesBack = async () => {
    const block = page.locator('.app-draft .ui-paper :is(h2, h3)').nth(4)
    await block.waitFor()
    await block.evaluate((element) => element.scrollIntoView({ block: 'start' }))
    await expect.poll(() => page.evaluate(() => JSON.stringify(window.history.state))).toContain('"block":')
    await expect(block).toBeInViewport()
    await page.reload()
    await expect(block).toBeInViewport()
  }
  await comesBack()
  expect(await askToFreeze(quick)).toBe(true)
  await phone.sees('signing.title')
  await comesBack()
  expect(phone.complaints).toEqual([])
  await phone.context.close()
})

test('[LIV-85] a network that lets no WebSocket through is told apart from no connection, on a phone in the room and at its door', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const phone = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const { page } = phone
  const isSaid = () => expect(page.getByText(phone.say('rooms.blocked.words'))).toBeVisible({ timeout: 30_000 })
  await page.routeWebSocket(/socket\.io/, (socket) => socket.close())
  await page.reload()
  await isSaid()
  await expect(page.getByText(`wss://${new URL(own.platform.url).port ? '127.0.0.1' : ''}`)).toBeVisible()
  await page.unrouteAll()
  expect(phone.complaints).toEqual([])
  await phone.context.close()
})
