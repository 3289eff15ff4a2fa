// Where one was: over a reload, on a phone's tabs, by Back and Forward, and before the code was typed.
import { expect, type Page, test } from '@playwright/test'
import { sideAudience } from '#shared/kernel/audience.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { arrive, PHONE } from './people.ts'
import { comeIn, mediatorComesIn, newId, quickCase, typeCode } from './quick-case.ts'
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

test('[LIV-82] a mediator comes back to the caucus after a reload, to the board in a new tab, and Back leads to the board', async ({
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
  await page.reload()
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
  await page.getByLabel(guest.say('rooms.confirm.tick-remote')).check()
  const secret = new URL(person.link).hash.slice(1)
  expect(await page.evaluate(() => JSON.stringify([window.history.state, { ...sessionStorage }]))).not.toContain(secret)
  await page.reload()
  await expect(page.getByLabel(guest.say('rooms.confirm.tick-agreement'))).toBeChecked()
  await expect(page.getByLabel(guest.say('rooms.confirm.tick-remote'))).toBeChecked()
  await expect(page.getByLabel(guest.say('rooms.confirm.tick-explanation'))).not.toBeChecked()
  const fresh = await guest.context.newPage()
  await fresh.goto(new URL('/join', page.url()).href)
  await expect(fresh.getByText(guest.say('identity.join.no-link'))).toBeVisible()
  expect(guest.complaints).toEqual([])
  await guest.context.close()
})
