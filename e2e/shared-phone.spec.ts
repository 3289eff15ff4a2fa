// One telephone that goes from hand to hand, by roles and names alone, as a screen reader walks it: come in, say, give it away, the other
// comes in and says, gives it back, and each is let in by their own code only.
import { expect, type Locator, test } from '@playwright/test'
import { everythingOn } from './kept-on-device.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { comeIn, enterCode, quickCase, textsOf } from './quick-case.ts'
import { conversation, goTo, messageField, writeFirst } from './room.ts'

const own = ownPlatform()
const SECRET = 'Қалқан-қорған: только медиатору'
const CODES = { aigul: '403917', pavel: '829164' }
/** As the page over the phone calls them. */
const SHORT = { aigul: 'Айгүл С.' }

/** As by a switch or a screen reader: no place on the screen is pointed at. */
async function activate(target: Locator): Promise<void> {
  await target.focus()
  await target.press('Enter')
}

const heading = (phone: Someone) => phone.page.getByRole('heading', { level: 1 })

async function chooseCode(phone: Someone, code: string): Promise<void> {
  const dialog = phone.page.getByRole('dialog', { name: phone.say('identity.phone.choose') })
  await phone.field('identity.phone.own', dialog).fill(code)
  await phone.field('identity.phone.again', dialog).fill(code)
  await activate(phone.button('identity.phone.give', dialog))
}

async function giveAway(phone: Someone, code: string): Promise<void> {
  await activate(phone.button('rooms.menu'))
  await activate(phone.page.getByRole('menuitem', { name: phone.say('rooms.phone.item') }))
  await chooseCode(phone, code)
  await expect(heading(phone)).toHaveText(phone.say('identity.phone.who'))
  await expect(phone.page).toHaveURL(/\/phone$/)
}

async function takeBack(phone: Someone, name: string, code: string): Promise<void> {
  await activate(phone.page.getByRole('button', { name, exact: true }))
  await expect(heading(phone)).toHaveText(phone.say('identity.phone.enter', { name }))
  await expect(heading(phone)).toBeFocused()
  await phone.field('identity.phone.own').fill(code)
  await activate(phone.button('ui.next'))
}

test('[IDE-150] [IDE-151] [IDE-155] [IDE-156] one phone, two people: each is in by their own code alone, and finds nothing of the other', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [aigul, pavel] = quick.people
  const phone = await comeIn(browser, aigul, { locale: 'ru', viewport: PHONE })
  await goTo(phone, phone.say('rooms.mediator'))
  await writeFirst(phone, SECRET)
  await expect(phone.page.getByRole('note').filter({ hasText: aigul.name })).toHaveCount(0)
  expect(await everythingOn(phone)).toContain(SECRET)

  await giveAway(phone, CODES.aigul)
  expect(await everythingOn(phone)).not.toContain(SECRET)
  // ◉ covered phone
  await phone.page.goBack()
  await expect(heading(phone)).toHaveText(phone.say('identity.phone.who'))
  await expect(conversation(phone)).toHaveCount(0)
  // It may go on elsewhere from there: what is looked at has to stand still.
  await phone.page.waitForLoadState('networkidle')
  expect(await everythingOn(phone)).not.toContain(SECRET)

  await enterCode(phone, pavel, await pavel.code())
  await phone.page.getByRole('tab', { name: phone.say('rooms.all') }).waitFor()
  await expect(phone.page.getByRole('note').filter({ hasText: phone.say('identity.phone.now', { name: pavel.name }) })).toBeVisible()
  // ◉ strip phone
  expect(await everythingOn(phone)).not.toContain(SECRET)
  await goTo(phone, phone.say('rooms.all'))
  await expect(messageField(phone)).toBeVisible()
  await writeFirst(phone, 'Павел: согласен на март')
  await giveAway(phone, CODES.pavel)

  await takeBack(phone, SHORT.aigul, CODES.pavel)
  await expect(phone.page.getByRole('alert')).toContainText('4')
  // ◉ wrong phone
  await phone.page.goto(`${new URL(phone.page.url()).origin}/room/${quick.caseId}`)
  await expect(heading(phone)).toHaveText(phone.say('identity.phone.who'))
  await takeBack(phone, SHORT.aigul, CODES.aigul)
  await expect(phone.page.getByRole('note').filter({ hasText: phone.say('identity.phone.now', { name: aigul.name }) })).toBeVisible()
  await goTo(phone, phone.say('rooms.mediator'))
  await expect(conversation(phone).getByText(SECRET)).toBeVisible()

  expect(textsOf(await quick.mediator.read('all'))).toEqual(['Павел: согласен на март'])
  expect(phone.complaints).toEqual([])
  await phone.context.close()
})

test('[IDE-421] [IDE-155] beside somebody who never gave the phone away; and a browser that stopped in the middle of it', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [aigul, pavel] = quick.people
  const phone = await comeIn(browser, aigul, { locale: 'ru', viewport: PHONE })
  await goTo(phone, phone.say('rooms.mediator'))
  await messageField(phone).fill(SECRET)
  await expect.poll(() => everythingOn(phone)).toContain(SECRET)

  await enterCode(phone, pavel, await pavel.code())
  await expect(heading(phone)).toHaveText(phone.say('identity.phone.still', { name: aigul.name }))
  await expect(phone.page.getByRole('tab', { name: phone.say('rooms.all') })).toHaveCount(0)
  // ◉ still phone
  await activate(phone.page.getByRole('button', { name: phone.say('identity.phone.still.give', { name: aigul.name }) }))
  await chooseCode(phone, CODES.aigul)
  await phone.page.getByRole('tab', { name: phone.say('rooms.all') }).waitFor()
  expect(await everythingOn(phone)).not.toContain(SECRET)

  await goTo(phone, phone.say('rooms.mediator'))
  await messageField(phone).fill(`${SECRET} 2`)
  await expect.poll(() => everythingOn(phone)).toContain(SECRET)
  // the server holds the session; the browser is gone before it hears of it
  await phone.page.route('**/hand-over', async (route) => {
    if (route.request().postDataJSON().code) {
      await route.fetch()
      await phone.page.close()
    } else await route.continue()
  })
  await activate(phone.button('rooms.menu'))
  await activate(phone.page.getByRole('menuitem', { name: phone.say('rooms.phone.item') }))
  const asking = phone.page.getByRole('dialog', { name: phone.say('rooms.phone.item') })
  await asking.getByText(phone.say('identity.phone.unsent')).waitFor()
  await activate(phone.button('identity.phone.give', asking))
  const closed = phone.page.waitForEvent('close')
  await chooseCode(phone, CODES.pavel)
  await closed
  const page = await phone.context.newPage()
  await page.goto(`${new URL(aigul.link).origin}/phone`)
  await expect.poll(() => everythingOn({ ...phone, page })).not.toContain(SECRET)
  await phone.context.close()
})
