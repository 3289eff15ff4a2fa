// Before the session, at a phone and at the mediator's desk; and the way out of the page, looked for in everything that a browser keeps.
import { readFileSync } from 'node:fs'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { arrive, PHONE, type Someone } from './people.ts'
import { addressOf, comeIn, enterCode, type Invited, mediatorComesIn, quickCase } from './quick-case.ts'

const own = ownPlatform()
test.describe.configure({ timeout: 90_000 })

const CONFIRMED = { agreement: true, explanation: true, remoteForm: true } as const

async function waits(someone: Someone, person: Invited): Promise<void> {
  await person.connection.say(agreementConfirm, CONFIRMED)
  await enterCode(someone, person, await person.code())
  await someone.sees('rooms.waiting.think')
}

const topic = async (someone: Someone, id: string) => {
  const summary = someone.page.locator('summary', { hasText: someone.say(id) })
  await summary.click()
  return summary.locator('..')
}

const option = (someone: Someone, id: string, within: ReturnType<Page['locator']>) =>
  within.getByRole('radio', { name: someone.say(id), exact: true })

test('[PRE-60] a party answers dates, writes first words and answers what is asked alone on a phone; the mediator reads it veiled and shows what is allowed', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff, { admit: false })
  const [aigul] = quick.people
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const party = await arrive(browser, { locale: 'ru', viewport: PHONE, finger: true })
  await waits(party, aigul)

  await mediator.press('scheduling.board.propose')
  await mediator.press('scheduling.propose.send', mediator.dialog())
  const form = party.page.locator('.ui-card', { hasText: party.say('scheduling.answer.title') })
  const radios = form.getByRole('radio', { name: party.say('scheduling.answer.yes'), exact: true })
  await expect(radios).toHaveCount(3)
  await party.press('scheduling.answer.none')
  await radios.first().check()
  await party.press('scheduling.answer.send')
  await party.sees('scheduling.answer.sent')

  const asked = mediator.page.locator('.ui-card', { hasText: mediator.say('scheduling.board.proposed') })
  await expect(asked.getByText(mediator.say('scheduling.board.no'))).toHaveCount(0)
  await mediator.press('scheduling.board.show', asked)
  await expect(asked.getByText(mediator.say('scheduling.board.no'))).toHaveCount(2)
  await asked
    .getByRole('button', { name: mediator.say('scheduling.board.fix') })
    .first()
    .click()
  await option(mediator, 'scheduling.fix.online', mediator.dialog()).check()
  await mediator.press('scheduling.fix.send', mediator.dialog())
  await party.sees('scheduling.until.tomorrow')
  const [entry] = await Promise.all([party.page.waitForEvent('download'), party.press('scheduling.meeting.calendar')])
  expect(readFileSync(await entry.path(), 'utf8')).toContain('METHOD:PUBLISH')

  await first(party, mediator)
  await mediator.context.close()
  await party.context.close()
})

/** First words, what is asked alone, and what the mediator sees of both. */
async function first(party: Someone, mediator: Someone): Promise<void> {
  const statement = await topic(party, 'preparation.topic.statement')
  await party.field('preparation.statement.all', statement).fill('Поставка оплачена не вся')
  await party.reads('preparation.statement.unsent-kept', statement)
  await party.page.reload()
  const again = await topic(party, 'preparation.topic.statement')
  await expect(party.field('preparation.statement.all', again)).toHaveValue('Поставка оплачена не вся')
  await party.press('preparation.statement.send', again)
  await party.press('preparation.statement.allow', again)
  await party.reads('preparation.statement.is-allowed', again)

  const alone = await topic(party, 'preparation.topic.safety')
  await party.readsNothingOf('preparation.safety.afraid', alone)
  await party.press('preparation.safety.alone-yes', alone)
  await option(party, 'preparation.safety.speak.no', alone).first().check()
  await party.press('preparation.safety.send', alone)
  await party.sees('preparation.safety.sent', alone)
  await party.readsNothingOf('preparation.safety.afraid', alone)

  await mediator.readsNothingOf('preparation.safety.speak')
  await mediator.page.locator('.preparation-note').getByRole('button').click()
  await mediator.reads('preparation.safety.speak')
  await expect(mediator.page.getByText('Поставка оплачена не вся')).toHaveCount(0)
  await mediator.page
    .getByRole('button', { name: mediator.say('caucus.board.admit-all') })
    .first()
    .click()
  await party.page.getByRole('tab', { name: party.say('rooms.all') }).waitFor()
  await mediator.press('preparation.board.show-all')
  await mediator.press('preparation.board.show-now', mediator.dialog())
  await party.page.getByRole('button', { name: party.say('rooms.tab.help') }).click()
  const shown = await topic(party, 'preparation.topic.shown')
  await expect(shown.getByText('Поставка оплачена не вся')).toBeVisible()
}

/** All that a browser keeps of our address, asked from a page of ours that is no part of the program. */
async function keptBy(context: BrowserContext): Promise<object> {
  const page = await context.newPage()
  await page.goto(`${addressOf(own.platform)}/healthz`)
  const kept = await page.evaluate(async () => ({
    local: { ...localStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))
  await page.close()
  return kept
}

const NOTHING = { local: {}, databases: [], caches: [], workers: 0 }

for (const viewport of [PHONE, undefined]) {
  test(`[PRE-50] [PRE-51] who leaves the page leaves nothing: storage, caches, way in, history; ${viewport ? 'phone' : 'desktop'}`, async ({
    browser,
  }) => {
    const quick = await quickCase(own.platform, own.staff)
    const someone = await comeIn(browser, quick.people[0], { locale: 'ru', ...(viewport ? { viewport, finger: true } : {}) })
    const { page, context } = someone
    await page.locator('.ui-composer textarea').fill('неотправленное слово')
    await expect.poll(() => keptBy(context)).not.toEqual(NOTHING)
    await page.getByRole('button', { name: someone.say('rooms.exit') }).click()
    for (const id of ['unsent', 'history', 'back', 'line']) await someone.reads(`rooms.leave-page.${id}`, someone.dialog())
    await someone.press('rooms.leave-page.stay', someone.dialog())
    await expect(page.locator('.ui-composer textarea')).toHaveValue('неотправленное слово')
    await page.getByRole('button', { name: someone.say('rooms.exit') }).click()
    await page.waitForURL('about:blank')
    expect(await keptBy(context)).toEqual(NOTHING)
    await expect.poll(async () => (await context.cookies()).map(({ name }) => name)).toEqual([])
    await page.goBack().catch(() => undefined) // there may be nothing to go back to
    await page.waitForURL('about:blank')
    expect(await page.locator('body').textContent()).toBe('')
    await page.goto(`${addressOf(own.platform)}/room/${quick.caseId}`)
    await someone.sees('app.room.nobody')
    await context.close()
  })
}

test('[PRE-52] a server that does not answer keeps nobody on the page, and three presses of Shift are enough', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const someone = await comeIn(browser, quick.people[0], { locale: 'ru' })
  const { page, context } = someone
  await page.getByRole('button', { name: someone.say('rooms.exit') }).click()
  await someone.press('rooms.leave-page.stay', someone.dialog())
  await context.route('**/*', () => undefined) // never answered
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift')
  await page.waitForURL('about:blank', { timeout: 5_000 })
  await context.unroute('**/*')
  expect(await keptBy(context)).toEqual(NOTHING)
  await context.close()
})
