// The mediator's office: setting the platform up, opening a case, inviting its people.
import { expect } from '@playwright/test'
import type { Locale } from '#shared/kernel/locale.ts'
import type { Someone } from './people.ts'
import type { Platform } from './platform.ts'

export const PASSWORD = 'тыныш көл жағасында 27'

export async function setUp(owner: Someone, platform: Platform, name: string): Promise<void> {
  const link = /\S+\/setup#\S+/.exec(platform.output())?.[0]
  if (!link) throw new Error('no owner link on the terminal')
  const { page } = owner
  await page.goto(link)
  await owner.field('identity.account.name').fill(name)
  await owner.field('identity.account.email').fill('mediator@bitim.example')
  await owner.field('identity.password').fill(PASSWORD)
  await owner.press('identity.account.action')
  await expect(page).toHaveURL(/\/office$/)
  await fillProfile(owner)
}

/** What the first case asks for. */
export async function fillProfile(owner: Someone): Promise<void> {
  const office = owner.page.url()
  await owner.page.goto(`${office}/profile`)
  await owner.field('identity.profile.register').fill('№ 27')
  await owner.page.getByRole('checkbox', { name: owner.say('identity.profile.no-organisation') }).check()
  await owner.press('ui.save')
  await owner.sees('identity.profile.saved')
  await owner.page.goto(office)
}

export async function signIn(mediator: Someone, url: string): Promise<void> {
  await mediator.page.goto(`${url}/sign-in`)
  await mediator.field('identity.sign-in.email').fill('mediator@bitim.example')
  await mediator.field('identity.password').fill(PASSWORD)
  await mediator.press('identity.sign-in.action')
  await expect(mediator.page).toHaveURL(/\/office$/)
}

export interface NewSide {
  readonly name: string
  readonly details: string
  readonly person: string
  readonly phone: string
  readonly email: string
  readonly language: Locale
}

export const SIDES: readonly NewSide[] = [
  {
    name: '«Береке» шаруа қожалығы',
    details: 'БСН 090340012345, Қызылжар ауданы, Бескөл ауылы',
    person: 'Айгүл Серік',
    phone: '+7 701 000 41 12',
    email: 'aigul@bereke.example',
    language: 'kk',
  },
  {
    name: 'ТОО «Дала Жем»',
    details: 'БИН 110540067890, Петропавловск, ул. Жамбыла, 112',
    person: 'Павел Ким',
    phone: '+7 705 000 23 45',
    email: 'kim@dalajem.example',
    language: 'ru',
  },
]

/** Fills in the form of a new case; answers the case's id. */
export async function openCase(mediator: Someone, title = 'Береке — Дала Жем', sides = SIDES): Promise<string> {
  const { page } = mediator
  await page.getByRole('link', { name: mediator.say('cases.open') }).click()
  await mediator.field('cases.title').fill(title)
  await mediator.field('cases.category').selectOption('supply')
  await mediator.field('cases.subject').fill('Оплата и срок поставки по договору № 14 от 3 марта 2026 года')
  await mediator.field('cases.agreement.date').fill('2026-11-20')
  await mediator.field('cases.agreement.place').fill('Петропавловск')
  for (const [index, side] of sides.entries()) {
    const section = page.locator('section[data-who]').nth(index)
    await section.getByText(mediator.say('cases.side.organisation'), { exact: true }).click()
    await mediator.field('cases.side.organisation.name', section).fill(side.name)
    await mediator.field('cases.side.details', section).fill(side.details)
    await mediator.field('cases.person.name', section).fill(side.person)
    await section.getByLabel(mediator.say('cases.person.phone')).fill(side.phone)
    await section.getByLabel(mediator.say('cases.person.email')).fill(side.email)
    await mediator.field('cases.person.language', section).selectOption(side.language)
  }
  await mediator.press('cases.open.action')
  await expect(page).toHaveURL(/\/office\/cases\/[\w-]{22}$/)
  return page.url().slice(-22)
}

export interface Invitation {
  readonly link: string
  readonly code: string
}

/** Makes a person's link by one way and reads their code out. */
export async function invite(mediator: Someone, name: string, way: 'copy' | 'mail' | 'qr'): Promise<Invitation> {
  const { page } = mediator
  const card = page.getByRole('listitem').filter({ hasText: name })
  await mediator.press('identity.invitation.send', card)
  const link = (await mediator.dialog().locator('.identity-link-shown').textContent()) ?? ''
  await mediator
    .dialog()
    .getByRole('button', { name: mediator.say(`identity.link.${way}`) })
    .click()
  await mediator.sees(`identity.went.${way === 'mail' ? 'local' : way}`, mediator.dialog()) // no mail server is set up here
  await page.keyboard.press('Escape')
  await mediator.press('identity.invitation.give', card)
  await mediator
    .dialog()
    .getByRole('button', { name: mediator.say('identity.code.read-out') })
    .click()
  const digits = mediator.dialog().locator('[class*="digits"]').first()
  await expect(digits).toContainText(/\d/)
  const code = ((await digits.textContent()) ?? '').replaceAll(/\D/g, '').slice(0, 6)
  await mediator.press('identity.code.done', mediator.dialog())
  return { link, code }
}
