// What people do in the room, by what stands there for eyes and ears: confirm, talk, step over, write the agreement, sign it.
import { expect, type Locator } from '@playwright/test'
import { type Invitation, PASSWORD } from './office.ts'
import type { Someone } from './people.ts'
import { digitsIn } from './spoken-digits.ts'

/** Two screens: the code, the confirmation; the third is the waiting room. */
export async function join(person: Someone, { link, code }: Invitation): Promise<void> {
  await person.page.goto(link)
  await person.reads('identity.join.title')
  await person.field('identity.join.code').fill(code)
  await person.press('ui.next')
  await confirmAgreement(person)
  await person.reads('rooms.waiting.title')
}

export async function confirmAgreement(person: Someone, whose: '' | '-mediator' = ''): Promise<void> {
  await person.reads(`rooms.confirm.title${whose}`)
  await confirmAll(
    person,
    [`rooms.confirm.tick-agreement${whose}`, `rooms.confirm.tick-explanation${whose}`].map((id) => person.say(id)),
  )
}

/** On a phone one question stands on a screen; elsewhere they stand below one another. */
export async function confirmAll(person: Someone, first: readonly string[]): Promise<void> {
  for (const words of first) {
    await person.page.getByLabel(words).check()
    if (person.asksOneByOne) await person.press('ui.next')
  }
  await person.page.getByLabel(person.say('rooms.confirm.tick-remote')).check()
  await person.press('rooms.confirm.do')
}

export async function admit(mediator: Someone, name: string): Promise<void> {
  const card = mediator.page.getByRole('article', { name, exact: true })
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

/** On a phone the talk, the text and the rest of the room stand one at a time, and the lower edge leads from one to the other. */
export async function showPart(phone: Someone, part: 'talk' | 'draft' | 'help'): Promise<void> {
  const parts = phone.page.getByRole('navigation', { name: phone.say('ui.parts') })
  await parts.getByRole('button', { name: phone.say(`rooms.tab.${part}`) }).click()
}

/** Where one writes: in each room the field says who will read. */
export function messageField(person: Someone): Locator {
  const names = ['messaging.all.field', 'messaging.mediator.field', 'messaging.side.field'].map((id) => person.say(id, { side: '' }).trim())
  return person.page.getByRole('textbox', { name: new RegExp(`^(${names.join('|')})`) })
}

/** A message in a room where one has spoken since coming in; waits for the server to have taken it. */
export async function write(person: Someone, text: string): Promise<void> {
  await messageField(person).fill(text)
  await person.page.keyboard.press('Control+Enter')
  await hears(person, text)
}

/** The first one after coming into a room: who will read is asked once, and answered with yes. */
export async function writeFirst(person: Someone, text: string): Promise<void> {
  await messageField(person).fill(text)
  await person.page.keyboard.press('Control+Enter')
  const question = person.page.getByRole('alertdialog', { name: person.say('messaging.question.title') })
  await question
    .getByRole('button')
    .filter({ hasNotText: person.say('messaging.question.back') })
    .click()
  await hears(person, text)
}

export function conversation(person: Someone): Locator {
  return person.page.getByRole('region', { name: person.say('messaging.conversation') })
}

export async function hears(person: Someone, text: string): Promise<void> {
  await expect(conversation(person).getByText(text)).toBeVisible()
}

export function draftText(person: Someone): Locator {
  return person.page.getByRole('textbox', { name: person.say('drafting.text') })
}

/** The draft as it opens: on a desktop beside the talk and ready to be written in, on a phone a part of its own and for reading. */
export async function readDraft(person: Someone): Promise<Locator> {
  if (person.onPhone) await showPart(person, 'draft')
  const text = draftText(person)
  await expect(text).toBeVisible()
  return text
}

/** To write in it: what was opened for reading is opened for writing by hand. */
export async function openDraft(person: Someone): Promise<Locator> {
  const text = await readDraft(person)
  if (person.onPhone) await person.press('drafting.edit')
  return text
}

/** Puts the caret at the end of the clause under a heading of the open draft and types there. */
export async function typeUnder(person: Someone, heading: string | RegExp, words: string): Promise<void> {
  await goUnder(person, heading)
  await person.page.keyboard.type(words, { delay: 8 })
}

export async function goUnder(person: Someone, heading: string | RegExp): Promise<void> {
  const above = draftText(person).getByRole('heading', { name: heading })
  await above.locator('xpath=following-sibling::*[1]').click() // a clause has no name of its own: it is what follows its heading
  await person.page.keyboard.press('End')
}

export async function saved(person: Someone): Promise<void> {
  await person.reads('drafting.save.saved')
}

/** Says so beside the text that is being read; whoever writes on a phone says first that they are done. */
export async function isReady(person: Someone): Promise<void> {
  await readDraft(person)
  await person.page.getByRole('radio', { name: person.say('drafting.ready.yes') }).click()
  await person.reads('drafting.ready.given')
}

export async function freeze(mediator: Someone): Promise<void> {
  await mediator.press('drafting.mediator.close')
  await mediator.press('drafting.close.confirm', mediator.dialog())
  await mediator.reads('signing.title')
}

/** The twelve digits that stand above the frozen text. */
export async function textCode(person: Someone): Promise<string> {
  return digitsIn(person.page.getByRole('figure', { name: person.say('signing.code') }))
}

/** Signs the frozen text: read it oneself, a fresh code, one press. */
export async function sign(person: Someone, code: () => Promise<string>): Promise<void> {
  await askToSign(person)
  await signWith(person, await code())
}

export async function askToSign(person: Someone): Promise<void> {
  await person.press('signing.sign')
  await sayHowRead(person)
}

/** Who read the text; on a phone a question of its own. */
export async function sayHowRead(person: Someone): Promise<void> {
  await person.page.getByLabel(person.say('signing.read.self')).check()
  if (person.asksOneByOne) await person.press('ui.next')
}

export async function signWith(person: Someone, code: string): Promise<void> {
  await person.field('signing.new-code.label').fill(code)
  await person.press('signing.sign')
  await person.reads('signing.stands')
}

export async function signAsMediator(mediator: Someone): Promise<void> {
  await mediator.press('signing.sign')
  await sayHowRead(mediator)
  await mediator.field('signing.password').fill(PASSWORD)
  await mediator.press('signing.sign')
  await mediator.reads('signing.released')
}
