// The talk of all, the talks apart, and what a mediator does about words and people that do not belong there.
import { expect } from '@playwright/test'
import { overSocket, tokenOf } from '../intruding.ts'
import { everythingOn } from '../kept-on-device.ts'
import { saysSomething } from '../overheard.ts'
import type { Someone } from '../people.ts'
import { boardRoom, conversation, goTo, hears, showPart, write, writeFirst } from '../room.ts'
import { AIGUL, BEREKE, CARRIER, DALA, type Day, framesOf, SERGEY } from './cast.ts'
import { SECRET } from './secrets.ts'
import { type Traces, traceOf } from './traces.ts'

export async function talkTogether({ mediator, aigul, nurlan, pavel, sergey, dinara }: Day): Promise<void> {
  const everybody = [mediator, aigul, nurlan, pavel, sergey, dinara]
  await mediator.press('caucus.board.enter', boardRoom(mediator, mediator.say('caucus.board.joint')))
  const said: readonly (readonly [Someone, string])[] = [
    [mediator, 'Добрый день. Қош келдіңіздер! Good afternoon.'],
    [aigul, 'Біз үшін ең маңыздысы — бірінші төлемнің желтоқсанда түсуі.'],
    [pavel, 'Четыре платежа для нас подъёмны.'],
    [sergey, 'Я отвечаю за склад.'],
    [dinara, 'We deliver as soon as the freight is paid.'],
  ]
  await Promise.all(said.map(([person, words]) => writeFirst(person, words)))
  for (const person of everybody) for (const [, words] of said) await hears(person, words)
}

/** Words that should not have been said are taken away: everybody sees that there were some, and nobody has them any more. */
export async function takeWordsAway({ mediator, aigul, nurlan, pavel, sergey, dinara }: Day): Promise<void> {
  const everybody = [mediator, aigul, nurlan, pavel, sergey, dinara]
  await write(sergey, SECRET.removed)
  for (const person of everybody) await hears(person, SECRET.removed)
  const message = conversation(mediator).getByRole('article').filter({ hasText: SECRET.removed })
  await message.hover()
  await message.getByRole('button').click()
  await mediator.page.getByRole('menuitem', { name: mediator.say('messaging.remove') }).click()
  await mediator.press('messaging.remove.do', mediator.dialog())
  for (const person of everybody) {
    await person.reads('messaging.removed', conversation(person))
    await expect(person.page.getByText(SECRET.removed)).toHaveCount(0)
    expect(await everythingOn(person)).not.toContain(SECRET.removed)
  }
}

/** Each side steps over by itself and says what it would not say to the others; the mediator goes from one to the next. */
export async function talkApart({ mediator, aigul, nurlan, pavel, sergey, dinara }: Day): Promise<void> {
  const talks = [
    { side: BEREKE, person: aigul, words: SECRET.ofBereke },
    { side: CARRIER, person: dinara, words: SECRET.ofCarrier, beside: SECRET.besideDinara },
    { side: DALA, person: pavel, words: SECRET.ofDala },
  ]
  for (const { side } of talks) await inviteApart(mediator, side)
  await Promise.all(
    talks.map(async ({ person, words, beside }) => {
      await stepOver(person, beside)
      await writeFirst(person, words)
    }),
  )
  for (const { side, words } of talks) {
    await goTo(mediator, new RegExp(side))
    await hears(mediator, words)
  }
  for (const [person, words] of [
    [nurlan, SECRET.ofBereke],
    [sergey, SECRET.ofDala],
  ] as const) {
    await goTo(person, person.say('rooms.mediator'))
    await hears(person, words)
  }
}

/** The mediator sits with one side; another asks to come. Those who are not asked hear nothing, not even that something was said. */
export async function pleaseCome(day: Day): Promise<void> {
  const { mediator, aigul, nurlan, pavel, sergey, dinara } = day
  const others = [pavel, sergey, dinara]
  await expect(mediator.page).toHaveTitle('Bitim')
  const before = others.map((person) => framesOf(day, person).length)
  await showPart(aigul, 'help')
  await aigul.press('caucus.call.button')
  await aigul.press('caucus.call.reason.question', aigul.dialog())
  await aigul.reads('caucus.call.pending')
  await expect(nurlan.page.getByText(nurlan.say('caucus.call.pending-by', { name: AIGUL }), { exact: true })).toBeVisible()

  await expect(mediator.page).toHaveTitle('(1) Bitim')
  const calling = mediator.page.getByRole('tab', { name: new RegExp(`${BEREKE}.*${mediator.say('ui.calling')}`) })
  await calling.click()
  await mediator.press('caucus.bar.answer')
  await expect(mediator.page).toHaveTitle('Bitim')
  await expect(aigul.button('caucus.call.button')).toBeVisible()
  await aigul.readsNothingOf('caucus.call.pending')
  await showPart(aigul, 'talk')

  for (const [index, person] of others.entries()) {
    await expect(person.page).toHaveTitle('Bitim')
    expect(framesOf(day, person).slice(before[index]).filter(saysSomething)).toEqual([])
  }
}

/** Taken out of the case: out of every room at once, with nothing left on the device, and no way back by what it still knows. */
export async function takeOut(day: Day, traces: Traces): Promise<void> {
  const { mediator, aigul, nurlan, pavel, sergey, dinara } = day
  const token = await tokenOf(sergey.page, traceOf(traces, SERGEY).id)
  await mediator.press('rooms.board-short')
  await mediator.page.getByRole('button', { name: mediator.say('caucus.board.person-menu', { name: SERGEY }) }).click()
  await mediator.page.getByRole('menuitem', { name: mediator.say('caucus.board.remove') }).click()
  await mediator.press('rooms.remove.do', mediator.dialog())

  await sergey.reads('rooms.shut.left')
  const left = await everythingOn(sergey)
  for (const words of [SECRET.ofDala, 'Я отвечаю за склад.', DALA]) expect(left).not.toContain(words)
  expect((await overSocket(sergey.page, { token, caseId: traces.caseId }, [])).join('\n')).toMatch(/unauthenticated/)

  await mediator.press('rooms.talk-short')
  for (const person of [mediator, aigul, nurlan, pavel, dinara]) {
    await goTo(person, person.say('rooms.all'))
    await hears(person, person.say('caucus.event.went', { name: SERGEY }))
    await hears(person, 'Я отвечаю за склад.')
  }
}

async function inviteApart(mediator: Someone, side: string): Promise<void> {
  await goTo(mediator, new RegExp(side))
  await mediator.press('caucus.bar.invite')
  await mediator.press('caucus.invite.do', mediator.dialog())
  await expect(mediator.dialog()).toHaveCount(0)
}

/** Says who sits beside them, if anybody does. */
async function stepOver(person: Someone, beside?: string): Promise<void> {
  await person.press('caucus.invitation.enter', person.page.getByRole('note').filter({ hasText: person.say('caucus.invitation.title') }))
  if (beside === undefined) {
    await person.page.getByLabel(person.say('caucus.step-over.alone')).check()
  } else {
    await person.page.getByLabel(person.say('caucus.step-over.accompanied')).check()
    await person.field('caucus.step-over.companions').fill(beside)
  }
  await person.press('caucus.step-over.enter', person.dialog())
  await expect(person.page.getByRole('tab', { name: person.say('rooms.mediator') })).toHaveAttribute('aria-selected', 'true')
}
