// One whole mediation, from the owner's first link to an agreement that a stranger verifies.
import { expect, test } from '@playwright/test'
import { invite, openCase, setUp } from './office.ts'
import { arrive, PHONE, type Someone } from './people.ts'
import { type Platform, startPlatform } from './platform.ts'
import {
  admit,
  boardRoom,
  confirmAgreement,
  freeze,
  goTo,
  hears,
  isReady,
  join,
  openDraft,
  saved,
  sign,
  signAsMediator,
  textCode,
  typeUnder,
  write,
} from './room.ts'

let platform: Platform
test.beforeAll(async () => {
  platform = await startPlatform()
})
test.afterAll(() => platform.stop())

const BEREKE = '«Береке» шаруа қожалығы'
const DALA = 'ТОО «Дала Жем»'

test('[DAY-1] a mediation day', async ({ browser }) => {
  const mediator = await arrive(browser, { locale: 'ru' })
  const aigul = await arrive(browser, { locale: 'kk', viewport: PHONE })
  const pavel = await arrive(browser, { locale: 'ru' })
  const everybody = [mediator, aigul, pavel]
  let caseId = ''

  await test.step('the owner sets up and opens a case', async () => {
    await mediator.context.grantPermissions(['clipboard-write', 'clipboard-read'])
    await setUp(mediator, platform, 'Ерлан Омаров')
    caseId = await openCase(mediator)
  })

  await test.step('two people are invited by two ways, join by link and code, confirm and wait', async () => {
    const first = await invite(mediator, 'Айгүл Серік', 'copy')
    const second = await invite(mediator, 'Павел Ким', 'mail')
    await join(aigul, first)
    await join(pavel, second)
  })

  await test.step('the mediator confirms, starts the session and lets them in one by one', async () => {
    await mediator.page.goto(`${platform.url}/room/${caseId}`)
    await confirmAgreement(mediator, '-mediator')
    await mediator.press('rooms.session.start')
    await admit(mediator, 'Айгүл Серік')
    await admit(mediator, 'Павел Ким')
    await expect(aigul.page.getByRole('tab', { name: aigul.say('rooms.all') })).toBeVisible()
    await expect(pavel.page.getByRole('tab', { name: pavel.say('rooms.all') })).toBeVisible()
  })

  await test.step('they talk together, in Russian and Kazakh', async () => {
    await mediator.press('caucus.board.enter', boardRoom(mediator, mediator.say('caucus.board.joint')))
    await write(mediator, 'Добрый день. Қош келдіңіздер!')
    await write(aigul, 'Біз үшін ең маңыздысы — бірінші төлемнің желтоқсанда түсуі.')
    await write(pavel, 'Четыре платежа для нас подъёмны.')
    for (const person of everybody) {
      for (const words of ['Қош келдіңіздер', 'бірінші төлемнің', 'Четыре платежа']) await hears(person, words)
    }
  })

  await test.step('both caucuses, and nobody else hears them', async () => {
    await caucus(mediator, aigul, BEREKE, 'Қаңтарға дейін күте аламыз, бірақ айтпаңыз.')
    await caucus(mediator, pavel, DALA, 'Больше 460 000 в месяц не потянем, это между нами.')
    await goTo(mediator, mediator.say('rooms.all'))
    await goTo(aigul, aigul.say('rooms.all'))
    await goTo(pavel, pavel.say('rooms.all'))
    await write(mediator, 'Продолжим вместе.')
    await hears(pavel, 'Продолжим вместе.')
    expect(await pavel.page.content()).not.toContain('Қаңтарға дейін')
    expect(await aigul.page.content()).not.toContain('не потянем')
  })

  await test.step('three people write the agreement at once, one of them offline for a while', async () => {
    await Promise.all([
      typeUnder(mediator, 'Обязательства', 'ТОО «Дала Жем» выплачивает КХ «Береке» 1 840 000 ₸.'),
      typeUnder(pavel, 'Способы и сроки', 'Четырьмя частями по 460 000 ₸ до 15 числа, начиная с декабря 2026 года.'),
    ])
    await openDraft(aigul)
    await saved(aigul)
    await aigul.context.setOffline(true)
    await typeUnder(aigul, /последстви/i, 'При просрочке весь остаток подлежит уплате сразу.')
    // Until the line is known to be gone it says "saving"; what it must not say is "saved".
    const waits = aigul.page.getByText(aigul.say('drafting.save.saving')).or(aigul.page.getByText(aigul.say('drafting.save.offlineUnsent')))
    await expect(waits.first()).toBeVisible()
    await aigul.context.setOffline(false)
    for (const person of everybody) {
      const text = await openDraft(person)
      for (const words of ['1 840 000 ₸', 'Четырьмя частями', 'весь остаток']) await expect(text).toContainText(words)
      await saved(person)
    }
  })

  await test.step('the server is killed and started again; everything is there, and goes on', async () => {
    await platform.kill()
    await typeUnder(pavel, 'Расходы', 'Расходы на медиацию стороны несут поровну.')
    await platform.start()
    await saved(pavel)
    await expect(await openDraft(mediator)).toContainText('несут поровну')
    await write(mediator, 'Связь вернулась.')
    await hears(pavel, 'Связь вернулась.')
  })

  const refusedCode = await test.step('the text is frozen, and one side will not sign it', async () => {
    await isReady(aigul)
    await isReady(pavel)
    await freeze(mediator)
    const code = await textCode(mediator)
    expect(await textCode(aigul)).toBe(code)
    expect(await textCode(pavel)).toBe(code)
    await pavel.press('signing.decline')
    await pavel.page.getByLabel(pavel.say('signing.decline.reason')).fill('Срок: до 20 числа, а не до 15.')
    await pavel
      .dialog()
      .getByRole('radio', { name: pavel.say('signing.decline.to.all') })
      .check()
    await pavel.press('signing.decline.do', pavel.dialog())
    await mediator.sees('drafting.reopened.title')
    return code
  })

  await test.step('mended and frozen again, with another code', async () => {
    const text = await openDraft(pavel)
    await text.getByText('до 15 числа').click()
    await typeUnder(pavel, 'Способы и сроки', ' Срок — до 20 числа.')
    await saved(pavel)
    await isReady(aigul)
    await isReady(pavel)
    await freeze(mediator)
    expect(await textCode(mediator)).not.toBe(refusedCode)
  })

  await test.step('all sign, the mediator last, and all get the same file', async () => {
    await sign(aigul, () => codeReadOut(mediator, 'Айгүл Серік'))
    await sign(pavel, () => codeReadOut(mediator, 'Павел Ким'))
    await signAsMediator(mediator)
    for (const person of [aigul, pavel]) await person.sees('signing.released')
  })
  for (const person of everybody) expect(person.complaints).toEqual([])
})

/** The mediator invites a side, the side steps over, they talk. */
async function caucus(mediator: Someone, person: Someone, side: string, words: string): Promise<void> {
  await goTo(mediator, new RegExp(side))
  await mediator.press('caucus.bar.invite')
  await mediator.press('caucus.invite.do', mediator.dialog())
  await person.press('caucus.invitation.enter')
  await person.page.getByLabel(person.say('caucus.step-over.alone')).check()
  await person.press('caucus.step-over.enter', person.dialog())
  await expect(person.page.getByRole('tab', { name: person.say('rooms.mediator') })).toHaveAttribute('aria-selected', 'true')
  await write(person, words)
  await hears(mediator, words)
}

/** The mediator sees the code on the board of rooms, and says it on the telephone. */
async function codeReadOut(mediator: Someone, name: string): Promise<string> {
  await mediator.press('rooms.board-short')
  const code = await digitsIn(mediator.page.locator('figure').filter({ hasText: name }))
  await mediator.press('rooms.talk-short')
  return code
}
