// The text is closed, refused before all, refused to the mediator alone, and signed; each sees what they may see and no more.
import { expect } from '@playwright/test'
import { everythingOn } from '../kept-on-device.ts'
import type { Someone } from '../people.ts'
import { askToSign, draftText, freeze, isReady, readDraft, saved, sign, signAsMediator, signWith, textCode, typeUnder } from '../room.ts'
import { savedFile } from '../saved-file.ts'
import { digitsIn } from '../spoken-digits.ts'
import { AIGUL, type Day, DINARA, framesOf, NURLAN, PAVEL } from './cast.ts'
import { SECRET } from './secrets.ts'
import { type Traces, traceOf } from './traces.ts'

/** One of each side says so, and the mediator closes; the code of the text is the same for everybody. */
export async function closeTheText({ mediator, aigul, nurlan, pavel, dinara }: Day): Promise<string> {
  for (const person of [aigul, pavel, dinara]) await isReady(person)
  await freeze(mediator)
  const code = await textCode(mediator)
  for (const person of [aigul, nurlan, pavel, dinara]) expect(await textCode(person)).toBe(code)
  return code
}

/** Pavel will not sign, and tells everybody why. */
export async function refuseBeforeAll({ mediator, aigul, nurlan, pavel, dinara }: Day): Promise<void> {
  await willNotSign(pavel, SECRET.whyPavel, 'all')
  for (const person of [mediator, aigul, nurlan, dinara]) {
    await expect(reopened(person)).toContainText(person.say('signing.reopened.declined', { name: PAVEL }))
    await expect(reopened(person)).toContainText(SECRET.whyPavel)
  }
}

export async function mendTheTerm({ pavel }: Day): Promise<void> {
  await readDraft(pavel)
  await typeUnder(pavel, 'Способы и сроки', ' Срок — до 20 числа.')
  await saved(pavel)
}

/** Dinara will not sign either, and tells the mediator alone: the others learn that the text is open again, and not of whom. */
export async function refuseToMediator(day: Day, traces: Traces): Promise<void> {
  const idOf = (name: string) => traceOf(traces, name).id
  const { mediator, aigul, nurlan, pavel, dinara } = day
  await willNotSign(dinara, SECRET.whyDinara, 'mediator')
  await expect(reopened(mediator)).toContainText(mediator.say('signing.reopened.declined', { name: DINARA }))
  await expect(reopened(mediator)).toContainText(SECRET.whyDinara)
  await dinara.reads('signing.reopened.declined.mine', reopened(dinara))
  for (const person of [aigul, nurlan, pavel]) {
    await expect(reopened(person)).toContainText(person.say('signing.reopened.what'))
    await person.readsNothingOf('signing.reopened.declined', reopened(person))
    await expect(reopened(person)).not.toContainText(DINARA)
    expect(await everythingOn(person)).not.toContain(SECRET.whyDinara)
    // The first refusal was told to all; of the second they were sent an event of the installation's.
    expect(authorsOf(framesOf(day, person), 'version:declined')).toEqual([idOf(PAVEL)])
    expect(authorsOf(framesOf(day, person), 'draft:reopened')).toEqual([idOf(PAVEL), 'system'])
  }
}

export async function mendTheStorage({ dinara }: Day): Promise<void> {
  await typeUnder(dinara, 'Расходы', ' За хранение никто не платит.')
  await saved(dinara)
}

/** The paper route goes as far as the printer while somebody may sign here, and no further once a signature stands. */
export async function printForHands({ mediator }: Day): Promise<void> {
  await mediator.page.getByText(mediator.say('signing.paper'), { exact: true }).click()
  expect((await savedFile(mediator, 'signing.save.paper')).subarray(0, 5).toString()).toBe('%PDF-')
  await expect(mediator.button('signing.paper.record')).toBeVisible()
}

/** A signature is taken back and given anew; who has signed is seen by the mediator, and by no side. */
export async function signAndTakeBack({ mediator, aigul, nurlan, pavel, dinara }: Day): Promise<void> {
  await sign(aigul, () => codeReadOut(mediator, AIGUL))
  await mediator.reads('signing.who.signed', signatureOf(mediator, AIGUL))
  await mediator.reads('signing.paper.only-without')
  await expect(mediator.button('signing.paper.record')).toHaveCount(0)
  await aigul.press('signing.withdraw')
  await mediator.reads('signing.who.not-yet', signatureOf(mediator, AIGUL))
  await aigul.readsNothingOf('signing.stands')
  await sign(aigul, () => codeReadOut(mediator, AIGUL))
  await mediator.reads('signing.who.signed', signatureOf(mediator, AIGUL))
  for (const person of [nurlan, pavel, dinara]) {
    await expect(person.button('signing.sign')).toBeVisible()
    for (const id of ['signing.stands', 'signing.who'])
      expect(await person.page.content(), 'no side learns who has signed').not.toContain(`>${person.say(id)}<`)
  }
}

export async function signAll({ mediator, nurlan, pavel, dinara }: Day): Promise<void> {
  const last = [
    [nurlan, NURLAN],
    [pavel, PAVEL],
    [dinara, DINARA],
  ] as const
  for (const [person] of last) await askToSign(person)
  // Each code is told on the telephone before the next person's; then all sign at once.
  const codes: string[] = []
  for (const [, name] of last) codes.push(await codeReadOut(mediator, name))
  await Promise.all(last.map(([person], index) => signWith(person, codes[index] ?? '')))
  await signAsMediator(mediator)
}

/** Everybody saves the file, and it is the same to the byte. */
export async function saveBundles({ mediator, aigul, nurlan, pavel, dinara }: Day): Promise<Buffer> {
  const copies: Buffer[] = []
  for (const person of [mediator, aigul, nurlan, pavel, dinara]) {
    const text = person.page.getByRole('region', { name: person.say('rooms.tab.draft'), exact: true })
    await person.reads('signing.released', text)
    copies.push(await savedFile(person, 'signing.save.bundle', text))
  }
  const [first] = copies
  if (!first) throw new Error('nobody has a copy')
  for (const copy of copies) expect(copy.equals(first)).toBe(true)
  return first
}

async function willNotSign(person: Someone, why: string, to: 'all' | 'mediator'): Promise<void> {
  await person.press('signing.decline')
  const dialog = person.dialog()
  await person.field('signing.decline.reason', dialog).fill(why)
  await dialog.getByRole('radio', { name: person.say(`signing.decline.to.${to}`), exact: true }).check()
  await person.press('signing.decline.do', dialog)
  await expect(draftText(person)).toBeVisible()
}

function reopened(person: Someone) {
  return person.page.getByRole('note').filter({ hasText: person.say('signing.reopened.title') })
}

function signatureOf(mediator: Someone, name: string) {
  return mediator.page.getByRole('listitem').filter({ hasText: name })
}

/** The mediator sees the code beside the signatures, and says it on the telephone. */
async function codeReadOut(mediator: Someone, name: string): Promise<string> {
  await mediator.page.getByRole('button', { name: `${mediator.say('identity.read-out.show')}: ${name}` }).click()
  return digitsIn(mediator.page.getByRole('figure', { name }))
}

/** Events of one audience and kind that a page was sent, each once: by whom. */
function authorsOf(frames: readonly string[], type: string): readonly string[] {
  const sent = new RegExp(`"seq":(\\d+),"type":"${type}","version":\\d+,"by":"([^"]+)"`, 'g')
  const bySeq = new Map(frames.flatMap((frame) => [...frame.matchAll(sent)].map(([, seq = '', by = '']) => [seq, by] as const)))
  return [...bySeq.values()]
}
