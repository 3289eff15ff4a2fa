// Nobody can erase the text: a large deletion is told to all and undone by anybody; the mediator brings back an earlier text, or begins anew.
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { comeIn, mediatorComesIn, quickCase } from './quick-case.ts'
import { draftText, openDraft, readDraft, saved } from './room.ts'

const own = ownPlatform()

const WORDS = 'Покупатель платит долг равными частями в течение шести месяцев, первого числа каждого месяца.'

interface Room {
  readonly aigul: Someone
  /** On a phone. */
  readonly pavel: Someone
  readonly mediator: Someone
}

async function threeIn(browser: Browser): Promise<Room> {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  await second.connection.fillDraft(WORDS)
  const aigul = await comeIn(browser, first, { locale: 'ru' })
  const pavel = await comeIn(browser, second, { locale: 'ru', viewport: PHONE })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  await expect(await openDraft(aigul)).toContainText('равными частями')
  return { aigul, pavel, mediator }
}

async function eraseAll(person: Someone): Promise<void> {
  const text = await openDraft(person)
  await text.click()
  await person.page.keyboard.press('Control+A')
  await person.page.keyboard.press('Delete')
  await expect(text).not.toContainText('равными частями')
  await saved(person)
}

/** In the draft that is open for writing. */
async function typeSomewhere(person: Someone, words: string): Promise<void> {
  await draftText(person).click()
  await person.page.keyboard.press('Control+End')
  await person.page.keyboard.type(words, { delay: 8 })
}

async function allWell(room: Room): Promise<void> {
  for (const person of Object.values(room) as Someone[]) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
}

const told = (within: Page | Locator): Locator => within.locator('.ui-banner', { hasText: /Из текста убра/ })
const notices = (person: Someone): Locator => person.page.locator('.draft-notices')
const sheet = (person: Someone): Locator => person.page.locator('.draft-sheet')

test('[DRA-170] one side empties the text: all read it, the other undoes it, and what was typed meanwhile stays', async ({ browser }) => {
  const room = await threeIn(browser)
  const { aigul, pavel, mediator } = room
  await eraseAll(aigul)
  // a phone that shows the talk, and the board
  for (const person of [pavel, mediator]) await expect(told(person.page)).toBeVisible()
  await pavel.press('drafting.told.show')
  await expect(told(notices(pavel))).toBeVisible()
  await openDraft(pavel)
  await typeSomewhere(pavel, 'Пишу тем временем.')
  await saved(pavel)
  await pavel.press('drafting.told.undo', notices(pavel))
  for (const person of [aigul, pavel]) {
    await person.sees('drafting.told.undone', notices(person))
    await expect(sheet(person)).toContainText('равными частями')
    await expect(sheet(person)).toContainText('Пишу тем временем.')
    await expect(person.button('drafting.told.undo', notices(person))).toHaveCount(0)
  }
  await expect(aigul.page.locator('.ui-room-talk')).toContainText(/из текста убра/)
  await expect(aigul.page.locator('.ui-room-talk')).toContainText('убранное вернули в текст: Павел Ким')
  await allWell(room)
})

test('[DRA-173] the mediator finds the text from before a deletion by keyboard, reads it and brings it back', async ({ browser }) => {
  const room = await threeIn(browser)
  const { aigul, pavel, mediator } = room
  await eraseAll(aigul)
  await expect(told(mediator.page)).toBeVisible()
  await mediator.press('rooms.talk-short')
  await mediator.button('drafting.earlier.open').focus()
  const { keyboard } = mediator.page
  await keyboard.press('Enter')
  const states = mediator.dialog().locator('.draft-earlier-state')
  await expect(states.first()).toBeVisible()
  const before = states.filter({ hasText: mediator.say('drafting.earlier.cause.deletion') }).first()
  while (!(await before.evaluate((each) => each === document.activeElement))) await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(mediator.dialog().locator('.draft-text')).toContainText('равными частями')
  const { violations } = await new AxeBuilder({ page: mediator.page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  const bring = mediator.button('drafting.earlier.bring', mediator.dialog())
  while (!(await bring.evaluate((each) => each === document.activeElement))) await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(mediator.dialog()).toHaveCount(0)
  await readDraft(pavel)
  for (const person of [aigul, pavel]) {
    await person.sees('drafting.told.bring-back', notices(person))
    await expect(notices(person)).toContainText('Ерлан Омаров')
    await expect(sheet(person)).toContainText('равными частями')
  }
  await allWell(room)
})

test('[DRA-176] begun anew while a party has no connection: their unsent words are kept for copying, the new text is theirs to write in', async ({
  browser,
}) => {
  const room = await threeIn(browser)
  const { aigul, pavel, mediator } = room
  await eraseAll(aigul)
  await expect(told(mediator.page)).toBeVisible()
  await openDraft(pavel)
  await pavel.context.setOffline(true)
  await pavel.sees('drafting.save.offline')
  await typeSomewhere(pavel, 'Без связи')
  await mediator.press('rooms.talk-short')
  await mediator.press('drafting.earlier.open')
  await mediator
    .dialog()
    .locator('.draft-earlier-state', { hasText: mediator.say('drafting.earlier.cause.deletion') })
    .first()
    .click()
  await mediator.press('drafting.earlier.anew', mediator.dialog())
  await mediator.sees('drafting.earlier.anew.unsent', mediator.dialog())
  await mediator.press('drafting.earlier.anew.do', mediator.dialog())
  await expect(mediator.dialog()).toHaveCount(0)
  await aigul.sees('drafting.told.begin-anew', notices(aigul))
  await expect(sheet(aigul)).toContainText('равными частями')

  await pavel.context.setOffline(false)
  await pavel.sees('drafting.kept.title')
  await expect(pavel.page.locator('.draft-kept')).toHaveText('Без связи')
  await expect(sheet(pavel)).toContainText('равными частями')
  await expect(sheet(pavel)).not.toContainText('Без связи')
  await typeSomewhere(pavel, 'Дальше.')
  await expect(sheet(aigul)).toContainText('Дальше.')
  await allWell(room)
})
