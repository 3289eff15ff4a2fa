// What people do in the room: confirm, talk, step over, write the agreement, sign it.
import { expect, type Locator } from '@playwright/test'
import { type Invitation, PASSWORD } from './office.ts'
import type { Someone } from './people.ts'

/** Two screens: the code, the confirmation; the third is the waiting room. */
export async function join(person: Someone, { link, code }: Invitation): Promise<void> {
  await person.page.goto(link)
  await person.sees('identity.join.title')
  await person.field('identity.join.code').fill(code)
  await person.press('ui.next')
  await confirmAgreement(person)
  await person.sees('rooms.waiting.title')
}

export async function confirmAgreement(person: Someone, whose: '' | '-mediator' = ''): Promise<void> {
  await person.sees(`rooms.confirm.title${whose}`)
  await person.page.getByLabel(person.say(`rooms.confirm.tick-agreement${whose}`)).check()
  await person.page.getByLabel(person.say(`rooms.confirm.tick-explanation${whose}`)).check()
  await person.page.getByLabel(person.say('rooms.confirm.tick-remote')).check()
  await person.press('rooms.confirm.do')
}

export async function admit(mediator: Someone, name: string): Promise<void> {
  const card = mediator.page.locator('.caucus-board-waiting').filter({ hasText: name })
  await mediator.press('caucus.board.admit-all', card)
  await expect(card).toHaveCount(0)
}

export function boardRoom(mediator: Someone, name: string): Locator {
  return mediator.page.getByRole('region', { name })
}

/** A party's room switch, or a mediator's: by the words on it. */
export async function goTo(person: Someone, room: string | RegExp): Promise<void> {
  const tab = person.page.getByRole('tab', { name: room })
  await tab.click()
  await expect(tab).toHaveAttribute('aria-selected', 'true')
}

/** Writes in the room that is shown; says yes when asked who will read, and waits for the message to be taken by the server. */
export async function write(person: Someone, text: string): Promise<void> {
  const { page } = person
  await page.locator('.ui-composer textarea, form textarea').first().fill(text)
  await page.keyboard.press('Control+Enter')
  const question = page.getByRole('alertdialog')
  const message = page.getByText(text).first()
  await expect(question.or(message).first()).toBeVisible()
  if (await question.isVisible()) await question.getByRole('button').first().click()
  await expect(message).toBeVisible()
}

export async function hears(person: Someone, text: string): Promise<void> {
  await expect(person.page.getByText(text).first()).toBeVisible()
}

/** On a phone the draft is a tab of its own, and opens for reading. */
export async function openDraft(person: Someone): Promise<Locator> {
  const tab = person.page.getByRole('button', { name: person.say('rooms.tab.draft') })
  if (await tab.isVisible()) {
    await tab.click()
    const edit = person.button('drafting.edit')
    if (await edit.isVisible()) await edit.click()
  }
  const text = person.page.getByRole('textbox', { name: person.say('drafting.text') })
  await expect(text).toBeVisible()
  return text
}

/** Puts the caret at the end of the clause under a heading and types there. */
export async function typeUnder(person: Someone, heading: string | RegExp, words: string): Promise<void> {
  const text = await openDraft(person)
  const clause = text.locator('h2', { hasText: heading }).locator('xpath=following-sibling::*[1]')
  await clause.click()
  await person.page.keyboard.press('End')
  await person.page.keyboard.type(words, { delay: 8 })
}

export async function saved(person: Someone): Promise<void> {
  await person.sees('drafting.save.saved')
}

export async function isReady(person: Someone): Promise<void> {
  await openDraft(person)
  const done = person.button('drafting.done')
  if (await done.isVisible()) await done.click()
  await person.page.getByRole('radio', { name: person.say('drafting.ready.yes') }).click()
  await person.sees('drafting.ready.given')
}

export async function freeze(mediator: Someone): Promise<void> {
  await mediator.press('drafting.mediator.close')
  await mediator.press('drafting.close.confirm', mediator.dialog())
  await mediator.sees('signing.title')
}

/** The twelve digits that stand above the frozen text. */
export async function textCode(person: Someone): Promise<string> {
  return digitsIn(person.page.locator('figure').filter({ hasText: person.say('signing.code') }))
}

export async function digitsIn(figure: Locator): Promise<string> {
  const digits = figure.locator('.ui-big-digits').first()
  await expect(digits).toBeVisible()
  return ((await digits.getAttribute('aria-label')) ?? '').replaceAll(' ', '')
}

/** Signs the frozen text: read it oneself, a fresh code, one press. */
export async function sign(person: Someone, code: () => Promise<string>): Promise<void> {
  await person.press('signing.sign')
  await person.page.getByLabel(person.say('signing.read.self')).check()
  await person.field('signing.new-code.label').fill(await code())
  await person.press('signing.sign')
  await person.sees('signing.stands')
}

export async function signAsMediator(mediator: Someone): Promise<void> {
  await mediator.press('signing.sign')
  await mediator.page.getByLabel(mediator.say('signing.read.self')).check()
  await mediator.field('signing.password').fill(PASSWORD)
  await mediator.press('signing.sign')
  await mediator.sees('signing.released')
}
