// The README's pictures: one mediation as it is, each person in their own language and on their own device.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { invite, openCase, setUp } from '../office.ts'
import { arrive, type Someone } from '../people.ts'
import { type Platform, startPlatform } from '../platform.ts'
import {
  admit,
  boardRoom,
  confirmAgreement,
  freeze,
  goTo,
  hears,
  isReady,
  join as joinCase,
  readDraft,
  sign,
  signAsMediator,
  write,
  writeFirst,
} from '../room.ts'
import { inviteApart, stepOver } from './apart.ts'
import { askCode, codeFor, writeAgreement } from './drafting.ts'
import { AIGUL, APART, BEREKE, MEDIATOR, PAVEL, sidesIn, TALK } from './story.ts'

const folder = join(import.meta.dirname, '../../docs/screenshots')

let platform: Platform
test.beforeAll(async () => {
  platform = await startPlatform()
})
test.afterAll(() => platform.stop())

test('pictures for the README', async ({ browser }) => {
  const mediator = await arrive(browser, { locale: 'ru' })
  const pavel = await arrive(browser, { locale: 'ru' })
  const aigul = await arrive(browser, { locale: 'kk', viewport: { width: 360, height: 740 }, scale: 2 })
  await mediator.context.grantPermissions(['clipboard-write', 'clipboard-read'])

  await setUp(mediator, platform, MEDIATOR)
  const caseId = await openCase(mediator, sidesIn('kk', 'ru'))
  const hers = await invite(mediator, AIGUL, 'copy')
  const his = await invite(mediator, PAVEL, 'copy')
  await aigul.page.goto(hers.link)
  await aigul.sees('identity.join.title')
  await aigul.field('identity.join.code').fill(hers.code)
  await picture(aigul, 'join-phone')
  await aigul.press('ui.next')
  await confirmAgreement(aigul)
  await joinCase(pavel, his)

  await mediator.page.goto(`${platform.url}/room/${caseId}`)
  await confirmAgreement(mediator, '-mediator')
  await mediator.press('rooms.session.start')
  await admit(mediator, AIGUL)
  await admit(mediator, PAVEL)
  await mediator.press('caucus.board.enter', boardRoom(mediator, mediator.say('caucus.board.joint')))
  await writeFirst(mediator, TALK.welcome)
  await hears(aigul, TALK.welcome)
  await writeFirst(aigul, TALK.aigul)
  await hears(pavel, TALK.aigul)
  await writeFirst(pavel, TALK.pavel)
  await writeAgreement(pavel, 'ru')
  await hears(mediator, TALK.pavel)
  await write(mediator, TALK.thanks)
  await hears(aigul, TALK.thanks)
  await write(aigul, TALK.yes)
  await readDraft(mediator)
  await expect(mediator.page.getByText('460 000').first()).toBeVisible()
  await scrollDraft(mediator, '1 840 000')
  await picture(mediator, 'room-desktop')
  await readDraft(aigul)
  await scrollDraft(aigul, '1 840 000')
  await picture(aigul, 'draft-phone')
  await aigul.press('rooms.tab.talk')

  await inviteApart(mediator, BEREKE)
  await stepOver(aigul)
  await writeFirst(mediator, APART.question)
  await hears(aigul, APART.question)
  await mediator.press('rooms.board-short')
  await writeFirst(aigul, APART.answer)
  await picture(aigul, 'caucus-phone')
  await pavel.press('caucus.call.button')
  await pavel.press('caucus.call.reason.talk', pavel.dialog())
  await expect(mediator.page.locator('.caucus-board-call')).toBeVisible()
  await picture(mediator, 'board-desktop')

  await goTo(aigul, aigul.say('rooms.all'))
  await isReady(aigul)
  await isReady(pavel)
  await mediator.press('rooms.talk-short')
  await goTo(mediator, mediator.say('rooms.all'))
  await freeze(mediator)
  await aigul.sees('signing.title')
  await expect(aigul.button('signing.sign')).toBeVisible()
  await picture(aigul, 'sign-phone')
  const readOut = async (name: string) => {
    await askCode(mediator, name)
    return codeFor(mediator, name)
  }
  await sign(aigul, () => readOut(AIGUL))
  await sign(pavel, () => readOut(PAVEL))
  await signAsMediator(mediator)

  const [download] = await Promise.all([mediator.page.waitForEvent('download'), mediator.button('signing.save.bundle').last().click()])
  const bundle = { name: download.suggestedFilename(), mimeType: 'application/zip', buffer: readFileSync(await download.path()) }
  const stranger = await arrive(browser, { locale: 'kk' })
  await stranger.page.goto(`${platform.url}/verify`)
  await stranger.page.locator('input[type=file]').first().setInputFiles(bundle)
  await stranger.sees('verify.valid')
  await stranger.page.getByRole('heading', { level: 1 }).click()
  await picture(stranger, 'verify-desktop')
})

async function picture(someone: Someone, name: string): Promise<void> {
  await someone.page.mouse.move(0, 0)
  await someone.page.evaluate(() => document.fonts.ready)
  await someone.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

async function scrollDraft(someone: Someone, words: string): Promise<void> {
  await someone.page
    .locator('.draft-sheet')
    .getByText(words)
    .first()
    .evaluate((clause) => clause.closest('li, p')?.scrollIntoView({ block: 'center' }))
}
