// Before anybody is invited: the first run, the office, a new case, the ways a link and a code can go.
import { expect } from '@playwright/test'
import { fillProfile, type Invitation, openCase, PASSWORD } from '../office.ts'
import { arrive } from '../people.ts'
import { AIGUL, MEDIATOR, PAVEL, sidesIn } from './story.ts'
import type { Tour } from './tour.ts'

export interface Invited {
  readonly caseId: string
  readonly hers: Invitation
  readonly his: Invitation
}

const WHOLE = { whole: true } as const

export async function office(tour: Tour): Promise<Invited> {
  await firstRun(tour)
  const { mediator, shot, locale } = tour
  const { page } = mediator
  await shot(mediator, 'office-empty', WHOLE)
  await page.goto(`${tour.platform.url}/office/new`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await shot(mediator, 'new-case-no-profile', WHOLE)
  await page.goto(`${tour.platform.url}/office`)
  await fillProfile(mediator)
  await page.goto(`${tour.platform.url}/office/new`)
  await expect(mediator.button('cases.open.action')).toBeVisible()
  await shot(mediator, 'new-case', WHOLE)
  await mediator.press('cases.open.action')
  await expect(page.locator('[aria-invalid=true]').first()).toBeVisible()
  await shot(mediator, 'new-case-faults', WHOLE)
  await page.goto(`${tour.platform.url}/office`)
  const caseId = await openCase(mediator, sidesIn(locale, locale))
  await expect(page.getByText(AIGUL).first()).toBeVisible()
  await shot(mediator, 'case-fresh', WHOLE)
  const hers = await invited(tour, AIGUL, true)
  const his = await invited(tour, PAVEL, false)
  await shot(mediator, 'case-invited', WHOLE)
  await people(tour)
  await numberOfCase(tour)
  await page.goto(`${tour.platform.url}/office`)
  await expect(page.getByText('Береке — Дала Жем').first()).toBeVisible()
  await page.getByRole('link', { name: mediator.say('cases.open') }).click()
  await mediator.field('cases.title').fill('Айдар — «Нұр» дүкені')
  await mediator.sees('cases.keeping.saved')
  await page.getByRole('link', { name: mediator.say('cases.open.later') }).click()
  await mediator.sees('cases.unfinished')
  await shot(mediator, 'office', WHOLE)
  for (const part of ['people', 'profile', 'messages']) {
    await page.goto(`${tour.platform.url}/office/${part}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await shot(mediator, `office-${part}`, WHOLE)
  }
  return { caseId, hers, his }
}

async function firstRun({ browser, platform, locale, shot, mediator }: Tour): Promise<void> {
  const link = /\S+\/setup#\S+/.exec(platform.output())?.[0] ?? ''
  const { page } = mediator
  await page.goto(platform.url)
  await mediator.sees('app.landing.not-ready')
  await shot(mediator, 'landing-not-ready', WHOLE)
  await page.goto(link)
  await mediator.field('identity.account.name').fill(MEDIATOR)
  await shot(mediator, 'first-run', WHOLE)
  await mediator.field('identity.account.email').fill('mediator@bitim.example')
  await mediator.field('identity.password').fill(PASSWORD)
  await mediator.press('identity.account.action')
  await expect(page).toHaveURL(/\/office$/)

  const visitor = await arrive(browser, { locale })
  await visitor.page.goto(platform.url)
  await visitor.sees('app.landing.title')
  await shot(visitor, 'landing', WHOLE)
  await visitor.page.goto(`${platform.url}/sign-in`)
  await visitor.field('identity.sign-in.email').fill('mediator@bitim.example')
  await shot(visitor, 'sign-in', WHOLE)
  await visitor.field('identity.password').fill('не тот пароль')
  await visitor.press('identity.sign-in.action')
  await visitor.sees('identity.reason.wrong-credentials')
  await shot(visitor, 'sign-in-wrong', WHOLE)
  await visitor.page.getByRole('link', { name: visitor.say('identity.forgot') }).click()
  await visitor.sees('identity.forgot.title')
  await shot(visitor, 'forgotten', WHOLE)
  await visitor.page.goto(`${platform.url}/verify`)
  await visitor.sees('verify.title')
  await shot(visitor, 'verify-empty', WHOLE)
  await visitor.page.goto(`${platform.url}/no-such-page`)
  await visitor.sees('ui.problem.not-found')
  await shot(visitor, 'no-such-page', WHOLE)
  await visitor.page.goto(`${platform.url}/room/AAAAAAAAAAAAAAAAAAAAAA`)
  await visitor.sees('app.room.nobody')
  await shot(visitor, 'room-nobody', WHOLE)
  const bare = await arrive(browser, { locale })
  await bare.page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }))
  await bare.page.goto(platform.url)
  await expect(bare.page.locator('.app-secure-context')).toBeVisible()
  await shot(bare, 'no-secure-context', WHOLE)
  await bare.context.close()
  await visitor.context.close()
}

/** The number is corrected, and what it was stays to be seen. */
async function numberOfCase({ mediator, shot }: Tour): Promise<void> {
  await mediator.press('cases.number.correct')
  await mediator.field('cases.number', mediator.dialog()).fill('14/2026')
  await shot(mediator, 'case-number')
  await mediator.press('ui.save', mediator.dialog())
  await mediator.sees('cases.corrections')
  await shot(mediator, 'case-corrected', WHOLE)
}

/** The dialogs in which somebody is corrected and added. */
async function people({ mediator, shot }: Tour): Promise<void> {
  const { page } = mediator
  const card = page.getByRole('listitem').filter({ hasText: AIGUL })
  await card.getByRole('button', { name: mediator.say('identity.invitation.more', { name: AIGUL }) }).click()
  await page.getByRole('menuitem', { name: mediator.say('identity.invitation.change') }).click()
  await shot(mediator, 'case-correct')
  await mediator.press('ui.cancel', mediator.dialog())
  await page
    .locator('section[data-who]')
    .first()
    .getByRole('button', { name: mediator.say('cases.person.add') })
    .click()
  await mediator.press('cases.person.add.do', mediator.dialog())
  await shot(mediator, 'case-add')
  await mediator.press('ui.cancel', mediator.dialog())
}

/** A link by QR or copy and a code read out; with pictures of the dialogs when they are wanted. */
async function invited({ mediator, shot }: Tour, name: string, pictured: boolean): Promise<Invitation> {
  const { page } = mediator
  const card = page.getByRole('listitem').filter({ hasText: name })
  const take = async (what: string) => {
    if (pictured) await shot(mediator, what)
  }
  await mediator.press('identity.invitation.send', card)
  const link = await mediator
    .dialog()
    .getByRole('textbox', { name: mediator.say('identity.invitation.link') })
    .inputValue()
  await take('case-link')
  await mediator
    .dialog()
    .getByRole('button', { name: mediator.say('identity.link.qr') })
    .click()
  await expect(mediator.dialog().locator('.identity-qr svg, .identity-qr img, .identity-qr canvas')).toBeVisible()
  await take('case-link-qr')
  if (pictured) {
    await mediator
      .dialog()
      .getByRole('button', { name: mediator.say('identity.link.slip') })
      .click()
    await expect(page.getByRole('heading', { name: mediator.say('identity.slip.for', { name }) })).toBeVisible()
    await take('case-slip')
    await page.keyboard.press('Escape')
  }
  if (await mediator.dialog().isVisible()) await page.keyboard.press('Escape')
  await expect(mediator.dialog()).toHaveCount(0)
  await mediator.press('identity.invitation.give', card)
  await take('case-code')
  await mediator
    .dialog()
    .getByRole('button', { name: mediator.say('identity.code.read-out') })
    .click()
  const digits = mediator.dialog().locator('.ui-big-digits').first()
  await expect(digits).toBeVisible()
  await take('case-code-digits')
  const code = ((await digits.getAttribute('aria-label')) ?? '').replaceAll(' ', '')
  await mediator.press('identity.code.done', mediator.dialog())
  return { link, code }
}
