// Bad luck on people's devices: no connection, a browser that dies, a text that closes under one's hands, two windows, a plain http address.
import { chromium, expect, type Page, test } from '@playwright/test'
import { wordsIn } from '#client/drafting/written-words.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { versionReopen } from '#shared/signing/signing-protocol.ts'
import { keptOnDevice } from './kept-on-device.ts'
import { ownPlatform } from './own-platform.ts'
import { arrive, type Someone } from './people.ts'
import { CHROMIUM } from './playwright.config.ts'
import { addressOf, askToFreeze, comeIn, mediatorComesIn, newId, quickCase, textsOf, typeCode } from './quick-case.ts'
import { goTo, hears, openDraft, saved, textCode, typeUnder } from './room.ts'

const own = ownPlatform()

test('[LUCK-1] ten minutes without a connection during a telephone call: what was written goes once, in order, and one is where one was', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru', ownClock: true })
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  const mine = sideAudience(first.sideId)
  await goTo(aigul, aigul.say('rooms.mediator'))
  await speak(aigul, 'до звонка')
  await speak(aigul, 'перезвоните мне')
  await expect.poll(async () => textsOf(await quick.mediator.read(mine))).toEqual(['до звонка', 'перезвоните мне'])

  await aigul.context.setOffline(true)
  await aigul.sees('rooms.offline.title')
  for (const words of ['раз', 'два', 'три']) await speak(aigul, words)
  await typeUnder(aigul, 'Обязательства', 'Покупатель платит 1 840 000 ₸.')
  await typeUnder(pavel, 'Расходы', 'Расходы поровну.')
  await quick.mediator.say(messagePost, { audience: mine, id: newId(), text: 'слышу вас' })
  await quick.mediator.say(messagePost, { audience: 'all', id: newId(), text: 'подождём' })
  await aigul.page.clock.fastForward('10:00')
  await aigul.sees('drafting.save.offlineUnsent')
  await expect(waiting(aigul)).toHaveCount(3)

  await aigul.context.setOffline(false)
  await hears(aigul, 'слышу вас')
  await expect(waiting(aigul)).toHaveCount(0)
  const all = ['до звонка', 'перезвоните мне', 'слышу вас', 'раз', 'два', 'три']
  await expect.poll(async () => textsOf(await quick.mediator.read(mine))).toEqual(all)
  await expect(aigul.page.getByRole('tab', { name: aigul.say('rooms.mediator') })).toHaveAttribute('aria-selected', 'true')
  for (const person of [aigul, pavel]) {
    const text = await openDraft(person)
    for (const words of ['1 840 000 ₸', 'Расходы поровну']) await expect(text).toContainText(words)
    await saved(person)
  }
  await goTo(aigul, aigul.say('rooms.all'))
  await hears(aigul, 'подождём')
  await end(aigul, pavel)
})

test('[LUCK-2] a browser that dies mid-typing: on one’s own device nothing written is lost', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru' })
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  await openDraft(aigul)
  await saved(aigul)
  await aigul.context.setOffline(true)
  await aigul.sees('rooms.offline.title')
  await speak(aigul, 'это уйдёт само')
  await speak(aigul, 'и это')
  await typeUnder(aigul, 'Обязательства', 'Слова без связи.')
  await composer(aigul).fill('недописанное сообщ')
  await expect.poll(() => unsentDraft(aigul.page)).toBe('Слова без связи.')
  await die(aigul.page)
  await aigul.context.setOffline(false)

  const again = await back(aigul, first.link)
  await expect(composer(again)).toHaveValue('недописанное сообщ')
  await expect.poll(async () => textsOf(await quick.mediator.read('all'))).toEqual(['это уйдёт само', 'и это'])
  await expect(await openDraft(pavel)).toContainText('Слова без связи.')
  await expect(await openDraft(again)).toContainText('Слова без связи.')
  await saved(again)
  await expect.poll(() => unsentDraft(again.page)).toBe('')
  await end(aigul, pavel)
})

test('[LUCK-3] on a device that is not one’s own nothing stays', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [, second] = quick.people
  const pavel = await comeIn(browser, second, { locale: 'ru', notMine: true })
  await openDraft(pavel)
  await speak(pavel, 'на чужом телефоне')
  await speak(pavel, 'второе')
  await hears(pavel, 'второе')
  await typeUnder(pavel, 'Расходы', 'Секретный черновик.')
  await composer(pavel).fill('недописанное')
  await pavel.context.setOffline(true)
  await pavel.sees('rooms.offline.title')
  await typeUnder(pavel, 'Обязательства', 'Без связи.')
  await speak(pavel, 'третье')
  await die(pavel.page)
  await pavel.context.setOffline(false)

  const page = await pavel.context.newPage()
  await page.goto(second.link)
  await expect(page.getByText(pavel.say('identity.join.code'), { exact: true })).toBeVisible()
  const left = await page.evaluate(async () => {
    const names = await caches.keys()
    const cached = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)),
    )
    return {
      local: Object.keys(localStorage),
      tab: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).length,
      cached: cached.flat(),
    }
  })
  expect({ ...left, cached: [] }).toEqual({ local: [], tab: [], databases: 0, cached: [] })
  expect(
    left.cached.filter((path) => !/^\/(assets\/[\w.-]+|(?:index|join)\.html|manifest\.webmanifest|[\w-]+\.(svg|png|ico))$/.test(path)),
  ).toEqual([])
  for (const cookie of await pavel.context.cookies()) expect({ ...cookie, value: '' }).toMatchObject({ expires: -1, httpOnly: true })
  await end(pavel)
})

test('[LUCK-4] what was written without a connection while the text was closed is kept for copying, said so, and in no closed text', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru' })
  await quick.mediator.fillDraft('Условие согласовано.')
  await expect(await openDraft(aigul)).toContainText('Условие согласовано.')
  await saved(aigul)

  await test.step('the page stays open', async () => {
    await aigul.context.setOffline(true)
    await aigul.sees('rooms.offline.title')
    await typeUnder(aigul, 'Обязательства', ' Неустойка 5 процентов.')
    expect(await askToFreeze(quick)).toBe(true)
    await aigul.context.setOffline(false)
    await aigul.sees('signing.title')
    await keptForCopying(aigul, 'Неустойка 5 процентов.')
    await aigul.page.reload()
    await keptForCopying(aigul, 'Неустойка 5 процентов.')
    await aigul.page
      .locator('.ui-banner, [role=alert]')
      .filter({ hasText: aigul.say('drafting.kept.title') })
      .getByRole('button')
      .last()
      .click()
    await expect(aigul.page.getByText(aigul.say('drafting.kept.title'))).toHaveCount(0)
  })

  await test.step('the browser dies meanwhile', async () => {
    await reopen()
    await expect(await openDraft(aigul)).toContainText('Условие согласовано.')
    await saved(aigul)
    await aigul.context.setOffline(true)
    await aigul.sees('rooms.offline.title')
    await typeUnder(aigul, 'Обязательства', ' Пеня 3 процента.')
    await expect.poll(() => unsentDraft(aigul.page)).toBe('Пеня 3 процента.')
    await die(aigul.page)
    expect(await askToFreeze(quick)).toBe(true)
    await aigul.context.setOffline(false)
    const again = await back(aigul, first.link)
    await again.sees('signing.title')
    await keptForCopying(again, 'Пеня 3 процента.')
  })
  await end(aigul)

  async function reopen(): Promise<void> {
    const frozen = (await quick.mediator.read('all')).findLast(({ type }) => type === 'version:frozen')
    await quick.mediator.say(versionReopen, { versionId: JSON.parse(frozen?.body ?? '{}').versionId, reason: 'Исправим' })
  }
})

test('[LUCK-5] whoever types while the text is being closed finds each word in the closed text or kept for copying', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const [aigul, pavel] = [await comeIn(browser, first, { locale: 'ru' }), await comeIn(browser, second, { locale: 'ru' })]
  await quick.mediator.fillDraft('Начало.')
  await expect(await openDraft(pavel)).toContainText('Начало.')
  await pavel.page.evaluate(() => {
    const shown = { longest: '' }
    Object.assign(window, { shown })
    const look = () => {
      const clause = [...document.querySelectorAll('[role=textbox] p')].find(({ textContent }) => textContent?.includes('слово0'))
      const text = clause?.textContent ?? ''
      if (text.length > shown.longest.length) shown.longest = text
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  const words = Array.from({ length: 60 }, (_, at) => `слово${at}`)
  const typing = typeUnder(pavel, 'Расходы', ` ${words.join(' ')}`).catch(() => undefined) // the field closes under the hands
  await expect(await openDraft(pavel)).toContainText('слово3')
  // The mediator tries until a moment is caught in which everybody is ready for the very last letter.
  await expect(async () => {
    expect(await askToFreeze(quick)).toBe(true)
    await expect.poll(async () => lastOfFreezing(await quick.mediator.read('all'))).toBe('version:frozen')
  }).toPass()
  await pavel.sees('signing.title')
  await typing
  await aigul.sees('signing.title')
  const wrote = await pavel.page.evaluate(() => (window as unknown as { shown: { longest: string } }).shown.longest)
  const sheet = async (person: Someone) => {
    await expect(person.page.locator('.signing')).toContainText('слово3')
    return person.page.locator('.signing').textContent()
  }
  const closed = (await sheet(pavel)) ?? ''
  let taken = wrote.length
  while (!closed.includes(wrote.slice(0, taken))) taken--
  const notice = (await pavel.page.locator('.draft-kept').allTextContents()).join('')
  const bare = (text: string) => text.replaceAll(/\s/g, '')
  expect(bare(notice)).toContain(bare(wrote.slice(taken)))
  expect(await sheet(aigul)).toContain(wrote.slice(0, taken))
  expect(await textCode(aigul)).toBe(await textCode(pavel))
  await end(aigul, pavel)
})

test('[LUCK-6] two windows of one mediator follow each other, send once, and renew their session together', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const left = await mediatorComesIn(browser, own.platform, quick)
  const right = { page: await left.context.newPage() }
  await right.page.goto(`${addressOf(own.platform)}/room/${quick.caseId}`)
  const talk = (page: Page) => page.getByRole('button', { name: left.say('rooms.talk-short') })
  await talk(left.page).click()
  await talk(right.page).click()
  await speak(left, 'из первого окна')
  await speak(left, 'ещё из первого')
  await expect(right.page.getByText('ещё из первого')).toHaveCount(1)
  for (let round = 0; round < 3; round++) {
    await Promise.all([left.page.reload(), right.page.reload()])
    for (const each of [left, right]) await expect(composer(each)).toBeVisible() // where they were
  }
  await expect(right.page.getByText('из первого окна')).toHaveCount(1)
  await speak(left, 'и снова')
  await speak(left, 'конец')
  await expect(right.page.getByText('конец')).toHaveCount(1)
  expect(textsOf(await quick.mediator.read('all'))).toEqual(['из первого окна', 'ещё из первого', 'и снова', 'конец'])
  await left.press('rooms.board-short')
  await left.press('rooms.session.end')
  await left.press('rooms.session.end', left.dialog())
  await right.page.getByText(left.say('messaging.closed.between')).first().waitFor()
  await end(left)
})

test('[LUCK-7] five wrong codes lock the link until the mediator makes a new code; on another device it says so', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const pavel = await arrive(browser, { locale: 'ru' })
  await pavel.page.goto(first.link)
  await pavel.field('identity.join.code').fill('123456')
  await pavel.press('ui.next')
  await pavel.sees('identity.join.used')
  const right = await first.code()
  const wrong = right === '000000' ? '111111' : '000000'
  for (let left = 4; left >= 1; left--) {
    await typeCode(pavel, wrong)
    await expect(pavel.page.getByText(new RegExp(`Остал\\S+ ${left} попыт`))).toBeVisible()
  }
  await typeCode(pavel, wrong)
  await pavel.sees('identity.join.locked')
  await typeCode(pavel, right)
  await expect(pavel.button('ui.next')).toBeEnabled()
  await pavel.sees('identity.join.locked')
  await typeCode(pavel, await first.code())
  await expect(pavel.page.getByRole('tab', { name: pavel.say('rooms.all') })).toBeVisible()
  await end(pavel)
})

test('[LUCK-8] at a plain http address the page says that a secure connection is needed', async () => {
  const browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, '--host-resolver-rules=MAP bitim.test 127.0.0.1'] })
  const page = await browser.newPage()
  await page.goto(own.platform.url.replace('localhost', 'bitim.test'))
  for (const title of ['Қауіпсіз байланыс керек', 'Нужно защищённое соединение', 'A secure connection is needed'])
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await browser.close()
})

test('[LUCK-9] after a first visit Bitim opens without a connection, says that there is none, and goes on when it is back', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru' })
  await openDraft(aigul)
  await aigul.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await aigul.page.reload()
  await openDraft(aigul)
  await aigul.context.setOffline(true)
  await aigul.page.reload()
  await aigul.sees('rooms.opening.slow')
  await aigul.context.setOffline(false)
  await expect(aigul.page.getByRole('tab', { name: aigul.say('rooms.all') })).toBeVisible()
  await end(aigul)
})

const composer = ({ page }: { page: Page }) => page.locator('.ui-composer textarea')

/** Own messages that the server does not have yet. */
const waiting = (person: Someone) =>
  person.page.getByText(person.say('messaging.state.no-connection')).or(person.page.getByText(person.say('messaging.state.next')))

/** Presses "send" and answers the question of a first message; the five seconds of taking back end with the next message. */
async function speak(person: { page: Page }, text: string): Promise<void> {
  await composer(person).fill(text)
  await person.page.keyboard.press('Control+Enter')
  const question = person.page.getByRole('alertdialog')
  if (await question.isVisible()) await question.getByRole('button').first().click()
}

/** The draft's words that this device keeps for the server; they come there a moment after they were typed. */
async function unsentDraft(page: Page): Promise<string> {
  const kept = (await keptOnDevice(page)).filter(([key]) => key.includes(':draft:'))
  return wordsIn(kept.map(([, value]) => fromBase64(JSON.parse(value).update)))
}

/** The browser's process is gone at once: no word to the page. */
async function die(page: Page): Promise<void> {
  const gone = page.waitForEvent('crash')
  const devtools = await page.context().newCDPSession(page)
  devtools.send('Page.crash').catch(() => undefined) // nobody is left to answer
  await gone
  await page.close()
}

/** The same person on the same device opens their link again. */
async function back(someone: Someone, link: string): Promise<Someone> {
  const again = Object.assign(Object.create(someone), { page: await someone.context.newPage() }) as Someone
  await again.page.goto(link)
  await again.page.getByRole('tab', { name: someone.say('rooms.all') }).waitFor()
  return again
}

async function keptForCopying(person: Someone, words: string): Promise<void> {
  await person.sees('drafting.kept.title')
  await expect(person.page.locator('.draft-kept')).toContainText(words)
  await expect(person.page.locator('.signing')).toContainText('Условие согласовано.')
  await expect(person.page.locator('.signing')).not.toContainText(words)
}

function lastOfFreezing(events: readonly { readonly type: string }[]): string | undefined {
  return events.findLast(({ type }) => type === 'version:frozen' || type === 'draft:freeze-cancelled')?.type
}

async function end(...people: readonly Someone[]): Promise<void> {
  for (const person of people) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
}
