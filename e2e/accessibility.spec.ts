// What a machine can judge of accessibility on the main screens, light and dark, and the way from the link to a message by keyboard alone.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { arrive, PHONE, type Someone } from './people.ts'
import { type Platform, startPlatform } from './platform.ts'
import { addressOf, askToFreeze, comeIn, mediatorComesIn, type QuickCase, quickCase, quickOwner } from './quick-case.ts'
import { confirmAgreement, sayHowRead } from './room.ts'

let platform: Platform
let open: QuickCase
test.beforeAll(async () => {
  platform = await startPlatform()
  open = await quickCase(platform, await quickOwner(platform))
})
test.afterAll(() => platform.stop())

/** No finding that keeps people out, in either colour scheme. */
async function expectAccessible(someone: Someone): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await someone.page.emulateMedia({ colorScheme })
    // colours on their way from one scheme to the other are nobody's to read
    await someone.page.waitForFunction(() => !document.getAnimations().some((each) => each instanceof CSSTransition))
    const axe = new AxeBuilder({ page: someone.page })
    // another scheme is the same page in other colours
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze()
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`,
      )
    expect.soft(grave, someone.page.url()).toEqual([])
  }
}

test('[ACC-1] axe finds nothing serious before the rooms: landing, verify, sign-in, joining, waiting', async ({ browser }) => {
  const visitor = await arrive(browser, { locale: 'kk', viewport: PHONE })
  for (const [path, heading] of [
    ['/', 'app.landing.title'],
    ['/verify', 'verify.title'],
    ['/sign-in', 'identity.sign-in'],
  ] as const) {
    await visitor.page.goto(`${addressOf(platform)}${path}`)
    await visitor.sees(heading)
    await expectAccessible(visitor)
  }
  const { people } = await quickCase(platform, open.staff, { admit: false })
  const person = await arrive(browser, { locale: 'ru', viewport: PHONE })
  await person.page.goto(people[0].link)
  await person.sees('identity.join.title')
  await expectAccessible(person)
  await person.field('identity.join.code').fill(await people[0].code())
  await person.press('ui.next')
  await person.sees('rooms.confirm.title')
  await expectAccessible(person)
  await confirmAgreement(person)
  await person.sees('rooms.waiting.title')
  await expectAccessible(person)
})

test('[ACC-1] axe finds nothing serious in the rooms, on the board and where one signs', async ({ browser }) => {
  const [aigul] = open.people
  const party = await comeIn(browser, aigul, { locale: 'ru', viewport: PHONE })
  await expectAccessible(party)
  await party.page.getByRole('button', { name: party.say('rooms.tab.draft') }).click()
  await expect(party.button('drafting.edit')).toBeVisible()
  await expectAccessible(party)
  await party.page.getByRole('button', { name: party.say('rooms.tab.help') }).click()
  await expectAccessible(party)

  const mediator = await mediatorComesIn(browser, platform, open)
  await expectAccessible(mediator)
  await mediator.press('rooms.talk-short')
  await expect(mediator.page.getByRole('textbox', { name: mediator.say('drafting.text') })).toBeVisible()
  await expectAccessible(mediator)
  await mediator.press('rooms.menu')
  await expectAccessible(mediator)
  await mediator.page.keyboard.press('Escape')

  await aigul.connection.fillDraft('Стороны договорились.')
  expect(await askToFreeze(open)).toBe(true)
  await party.page.getByRole('button', { name: party.say('rooms.tab.draft') }).click()
  await expect(party.button('signing.sign')).toBeVisible()
  await expectAccessible(party)
  await party.press('signing.sign')
  await expect(party.page.getByLabel(party.say('signing.read.self'))).toBeVisible()
  await expectAccessible(party)
  await sayHowRead(party)
  await expect(party.field('signing.new-code.label')).toBeVisible()
  await expectAccessible(party)
  await expect(mediator.button('signing.reopen')).toBeVisible()
  await expectAccessible(mediator)
})

test('[ACC-2] from the link to a message by keyboard alone', async ({ browser }) => {
  const { mediator, people } = await quickCase(platform, open.staff, { admit: false })
  const [invited] = people
  const person = await arrive(browser, { locale: 'ru', viewport: PHONE })
  const { keyboard } = person.page
  await person.page.goto(invited.link)
  await person.sees('identity.join.title')
  await tabTo(person, 'textbox', person.say('identity.join.code'))
  await keyboard.type(await invited.code())
  await keyboard.press('Enter')
  await person.sees('rooms.confirm.title')
  for (const [tick, button, question] of [
    ['agreement', 'ui.next', 'explanation'],
    ['explanation', 'ui.next', 'remote'],
    ['remote', 'rooms.confirm.do', undefined],
  ] as const) {
    await tabTo(person, 'checkbox', person.say(`rooms.confirm.tick-${tick}`))
    await keyboard.press('Space')
    await tabTo(person, 'button', person.say(button))
    await keyboard.press('Enter')
    if (question) await expect(person.page.getByRole('heading', { name: person.say(`rooms.confirm.${question}`) })).toBeFocused()
  }
  await person.sees('rooms.waiting.title')
  await mediator.say(personAdmit, { participantId: invited.participantId, to: 'all' })
  await expect(person.page.getByRole('tab', { name: person.say('rooms.all') })).toBeVisible()

  await tabTo(person, 'tab', person.say('rooms.all'))
  await keyboard.press('ArrowRight')
  await expect(person.page.getByRole('tab', { name: person.say('rooms.mediator') })).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('ArrowLeft')
  await tabTo(person, 'textbox', person.say('messaging.all.field'))
  await expect(person.page.locator(':focus')).toHaveAccessibleDescription(new RegExp(person.say('messaging.all.read-short')))
  await keyboard.type('Здравствуйте!')
  await keyboard.press('Control+Enter')
  const question = person.page.getByRole('alertdialog')
  const message = person.page.locator('.ui-message', { hasText: 'Здравствуйте!' })
  await expect(question.or(message).first()).toBeVisible()
  if (await question.isVisible()) await keyboard.press('Enter')
  await expect(message).toBeVisible()
})

/** Walks with Tab as a person without a mouse does; what has the focus is always seen to have it. */
async function tabTo(someone: Someone, role: 'button' | 'textbox' | 'checkbox' | 'tab', name: string): Promise<void> {
  const { page } = someone
  const target = page.getByRole(role, { name }).first()
  for (let steps = 0; steps < 40; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expect(target).toBeInViewport()
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached by Tab`)
}
