// A mediator who goes from room to room in a hurry, at a desk and on a phone: in each room the words stand that were written for it, and
// no others; those that were not sent wait in its field.
import { type Browser, expect, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { DESKTOP, PHONE, type Someone } from './people.ts'
import { comeIn, mediatorComesIn, quickCase } from './quick-case.ts'
import { conversation, goTo, messageField } from './room.ts'

const own = ownPlatform()
const SWITCHES = 40

async function ask(mediator: Someone, yes: boolean): Promise<void> {
  const question = mediator.page.getByRole('alertdialog', { name: mediator.say('messaging.question.title') })
  const back = mediator.say('messaging.question.back')
  await question
    .getByRole('button')
    .filter(yes ? { hasNotText: back } : { hasText: back })
    .click()
}

/** Forty switches; every third word is sent, every other is left in its field. */
async function hurry(mediator: Someone, rooms: readonly RegExp[]): Promise<ReadonlyMap<string, number>> {
  const sent = new Map<string, number>()
  for (let step = 0; step < SWITCHES; step++) {
    const room = (step * 7 + (step >> 2)) % rooms.length
    await goTo(mediator, rooms[room] ?? /./)
    const word = `[${room}·${step}]`
    await messageField(mediator).pressSequentially(` ${word}`)
    if (step % 3 > 0) continue
    const words = await messageField(mediator).inputValue()
    await mediator.page.keyboard.press('Control+Enter')
    if (step % 4 === 1) await ask(mediator, false)
    else {
      await ask(mediator, true)
      for (const each of words.match(/\[[^\]]+\]/g) ?? []) sent.set(each, room)
    }
  }
  return sent
}

const wordsIn = (text: string) => text.match(/\[\d+·\d+\]/g) ?? []

async function play(browser: Browser, viewport: typeof DESKTOP): Promise<void> {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const mediator = await mediatorComesIn(browser, own.platform, quick, (page) => page.setViewportSize(viewport))
  const parties = [await comeIn(browser, first, { locale: 'ru' }), await comeIn(browser, second, { locale: 'ru' })]
  await mediator.press('rooms.talk-short')
  const names = await mediator.page.getByRole('tab').allInnerTexts()
  const rooms = names.map((name) => new RegExp(name.split('\n')[0]?.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&') ?? ''))
  expect(rooms.length).toBe(3)
  const sent = await hurry(mediator, rooms)
  expect(sent.size).toBeGreaterThan(15)
  for (const [room, name] of rooms.entries()) {
    await goTo(mediator, name)
    const own = [...sent].filter(([, at]) => at === room).map(([word]) => word)
    for (const word of own.slice(-2)) await expect(conversation(mediator).getByText(word)).toBeVisible()
    expect(wordsIn((await conversation(mediator).textContent()) ?? '').filter((word) => sent.get(word) !== room)).toEqual([])
    expect(wordsIn(await messageField(mediator).inputValue()).filter((word) => !word.startsWith(`[${room}·`))).toEqual([])
  }
  for (const [index, party] of parties.entries()) {
    const all = [...sent].filter(([, at]) => at === 0 || at === index + 1).map(([word]) => word)
    const read: string[] = []
    for (const tab of await party.page.getByRole('tab').all()) {
      await tab.click()
      await expect(tab).toHaveAttribute('aria-selected', 'true')
      const last = all.filter((word) => word.startsWith('[0·') === (read.length === 0)).at(-1)
      if (last) await expect(conversation(party).getByText(last)).toBeVisible()
      read.push(...wordsIn((await conversation(party).textContent()) ?? ''))
    }
    expect(new Set(read)).toEqual(new Set(all))
  }
  for (const each of [mediator, ...parties]) {
    expect(each.complaints).toEqual([])
    await each.context.close()
  }
}

test('[CAU-210] forty switches in a hurry at a desk: no word in another room than the one it was written for', async ({ browser }) => {
  await play(browser, DESKTOP)
})

test('[CAU-210] the same on a phone', async ({ browser }) => {
  await play(browser, PHONE)
})
