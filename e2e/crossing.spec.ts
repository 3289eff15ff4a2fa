// Words that cross, as people do it: allowed on a phone, passed on from the board, asked about after a telephone call; and the question
// before private words are pasted where all read.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { comeIn, mediatorComesIn, quickCase } from './quick-case.ts'
import { boardRoom, conversation, draftText, goTo, hears, messageField, openDraft, writeFirst } from './room.ts'
import { paper } from './sample-files.ts'
import { choose, sendAll } from './sending-files.ts'

const own = ownPlatform()

const SAID = 'Егер олар мамырға дейін күтсе, біз 1 200 000 теңгеге келісеміз. Бірақ бұл арамызда қалсын.'
const ALLOWED = 'Егер олар мамырға дейін күтсе, біз 1 200 000 теңгеге келісеміз.'
const TOLD = 'Қойманы екі аптада босата аламыз.'

/** Screenshots for the eye, where a folder for them is given. */
async function shot(person: Someone, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder) await person.page.screenshot({ path: `${folder}/${name}.png` })
}

const messageWith = (person: Someone, text: string) => person.page.getByRole('article').filter({ hasText: text })

async function expectAccessible(person: Someone): Promise<void> {
  const { violations } = await new AxeBuilder({ page: person.page }).analyze()
  const grave = violations.filter(({ impact }) => /serious|critical/.test(impact ?? ''))
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)).toEqual([])
}

async function paste(person: Someone, field: Locator, text: string): Promise<void> {
  await person.page.evaluate((words) => navigator.clipboard.writeText(words), text)
  await field.focus()
  await person.page.keyboard.press('Control+v')
}

test('[CRO-2] [CRO-10] [CRO-12] [CRO-41] allowed on a phone, passed on from the board, and read by the other side as exactly these words', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  await goTo(aigul, aigul.say('rooms.mediator'))
  await writeFirst(aigul, SAID)

  await messageWith(aigul, SAID).getByRole('button').click()
  await shot(aigul, 'phone-menu-ru')
  await aigul.page.getByRole('menuitem', { name: aigul.say('crossing.menu') }).click()
  await expect(aigul.page.getByRole('radio', { name: aigul.say('crossing.tell.only-you') })).toBeChecked()
  await shot(aigul, 'phone-tell-ru')
  await aigul.page.getByRole('radio', { name: aigul.say('crossing.tell.word-for-word') }).check()
  await aigul.press('crossing.tell.next', aigul.dialog())
  await aigul.field('crossing.allow.words').fill(ALLOWED)
  await aigul.page.getByRole('radio', { name: new RegExp(aigul.say('crossing.to.all')) }).check()
  await aigul.page.getByText(aigul.say('crossing.allow.sentence')).click()
  await shot(aigul, 'phone-allow-ru')
  await expectAccessible(aigul)
  await aigul.press('crossing.allow.do', aigul.dialog())
  await expect(aigul.dialog()).toHaveCount(0)
  await aigul.sees('crossing.bar.allowed')
  await shot(aigul, 'phone-allowed-ru')

  await expect(mediator.page.getByRole('heading', { name: mediator.say('crossing.board.title') })).toBeVisible()
  await expect(mediator.page.getByText(ALLOWED)).toHaveCount(0)
  await shot(mediator, 'board-hidden-ru')
  const card = mediator.page
    .locator('section')
    .filter({ has: mediator.page.getByRole('heading', { name: mediator.say('crossing.board.title') }) })
  await mediator.press('crossing.bar.show', card)
  await shot(mediator, 'board-shown-ru')
  await expectAccessible(mediator)
  await mediator.press('crossing.deliver')
  await expect(mediator.page.getByRole('heading', { name: mediator.say('crossing.board.title') })).toHaveCount(0)

  await hears(pavel, ALLOWED)
  const released = messageWith(pavel, ALLOWED)
  await expect(released).toContainText(pavel.say('messaging.released'))
  await expect(released.locator('.ui-message-body')).toHaveText(ALLOWED)
  await expect(pavel.page.getByText('арамызда қалсын')).toHaveCount(0)
  await shot(pavel, 'desktop-released-ru')
  await aigul.page
    .getByRole('button', { name: aigul.say('crossing.bar.show') })
    .last()
    .click()
  await expect(aigul.dialog()).toContainText(ALLOWED)
  await expect(aigul.button('crossing.withdraw', aigul.dialog())).toHaveCount(0)
  await shot(aigul, 'phone-delivered-ru')
  expect([...aigul.complaints, ...pavel.complaints, ...mediator.complaints]).toEqual([])
  for (const person of [aigul, pavel, mediator]) await person.context.close()
})

test('[CRO-60] [CRO-62] [CRO-63] a file of a private room: allowed on a phone, passed on by the mediator, the same bytes under another name', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const sent = await paper(1, 'Склад Бекенова, май.pdf')
  await goTo(aigul, aigul.say('rooms.mediator'))
  await choose(aigul, [sent])
  await sendAll(aigul)

  const line = conversation(aigul).getByRole('article').filter({ hasText: sent.name })
  await expect(line.getByRole('button', { name: new RegExp(sent.name) })).toBeVisible({ timeout: 60_000 })
  await line.getByRole('button').last().click()
  await shot(aigul, 'file-menu-ru')
  await aigul.page.getByRole('menuitem', { name: aigul.say('crossing.menu') }).click()
  await aigul.field('crossing.allow.name').fill('Шот № 14.pdf')
  await aigul.page.getByRole('radio', { name: new RegExp(aigul.say('crossing.to.all')) }).check()
  await shot(aigul, 'file-allow-ru')
  await aigul.page.getByText(aigul.say('crossing.allow.sentence')).click()
  await shot(aigul, 'file-sentence-ru')
  await expectAccessible(aigul)
  await aigul.press('crossing.allow.do', aigul.dialog())
  await expect(aigul.dialog()).toHaveCount(0)
  await aigul.sees('crossing.bar.allowed')
  await shot(aigul, 'file-allowed-ru')

  const card = mediator.page
    .locator('section')
    .filter({ has: mediator.page.getByRole('heading', { name: mediator.say('crossing.board.title') }) })
  await expect(mediator.page.getByText('Шот № 14.pdf')).toHaveCount(0)
  await mediator.press('crossing.bar.show', card)
  await expect(card).toContainText('Шот № 14.pdf')
  await shot(mediator, 'file-board-ru')
  await expectAccessible(mediator)
  await mediator.press('crossing.deliver.file')

  const released = conversation(pavel).getByRole('article').filter({ hasText: 'Шот № 14.pdf' })
  await expect(released).toContainText(pavel.say('messaging.released'))
  await shot(pavel, 'file-released-ru')
  await released.getByRole('button', { name: /Шот/ }).click()
  const coming = pavel.page.waitForEvent('download')
  await pavel.press('files.view.save', pavel.dialog())
  const download = await coming
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  expect([download.suggestedFilename(), digest(readFileSync(await download.path()))]).toEqual(['Шот № 14.pdf', digest(sent.buffer)])
  await expect(pavel.page.getByText('Бекенова')).toHaveCount(0)
  expect([...aigul.complaints, ...pavel.complaints, ...mediator.complaints]).toEqual([])
  for (const person of [aigul, pavel, mediator]) await person.context.close()
})

test('[CRO-20] [CRO-40] said by telephone, confirmed by its owner; private words are pasted for all only after a yes', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  await goTo(aigul, aigul.say('rooms.mediator'))
  await writeFirst(aigul, SAID)
  await mediator.press('caucus.board.enter', boardRoom(mediator, 'Береке'))
  await mediator.press('crossing.menu.wording')
  await mediator.page.getByRole('dialog').getByRole('textbox').fill(TOLD)
  await shot(mediator, 'wording-ru')
  await mediator.press('crossing.wording.ask', mediator.dialog())
  await expect(mediator.dialog()).toHaveCount(0)

  await aigul.press('crossing.bar.answer')
  await expect(aigul.dialog()).toContainText(TOLD)
  await shot(aigul, 'phone-wording-ru')
  await aigul.press('crossing.wording.yes', aigul.dialog())
  await expect(aigul.button('crossing.wording.allow', aigul.dialog())).toBeVisible()
  await aigul.press('ui.close', aigul.dialog())
  await shot(mediator, 'room-wording-ru')

  await mediator.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await goTo(mediator, mediator.say('rooms.all'))
  const field = messageField(mediator)
  await paste(mediator, field, TOLD)
  await expect(mediator.dialog()).toBeVisible()
  await shot(mediator, 'paste-question-ru')
  await mediator.press('crossing.paste.keep')
  await expect(field).toHaveValue('')
  await paste(mediator, field, TOLD)
  await mediator.press('crossing.paste.do')
  await expect(field).toHaveValue(TOLD)
  await field.fill('')

  const text = await openDraft(mediator)
  await text.click()
  await mediator.page.keyboard.press('Control+a')
  await paste(mediator, draftText(mediator), ALLOWED)
  await expect(mediator.dialog()).toBeVisible()
  await mediator.press('crossing.paste.do')
  await expect(text).toContainText(ALLOWED)
  expect([...aigul.complaints, ...mediator.complaints]).toEqual([])
  for (const person of [aigul, mediator]) await person.context.close()
})
