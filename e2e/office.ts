// The mediator's office: setting the platform up, opening a case, inviting its people.
import { expect, type Locator } from '@playwright/test'
import type { Locale } from '#shared/kernel/locale.ts'
import type { Someone } from './people.ts'
import type { Platform } from './platform.ts'
import { digitsIn } from './spoken-digits.ts'

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
  await owner.reads('identity.profile.saved')
  await owner.page.goto(office)
}

export async function signIn(mediator: Someone, url: string): Promise<void> {
  await mediator.page.goto(`${url}/sign-in`)
  await mediator.field('identity.sign-in.email').fill('mediator@bitim.example')
  await mediator.field('identity.password').fill(PASSWORD)
  await mediator.press('identity.sign-in.action')
  await expect(mediator.page).toHaveURL(/\/office$/)
}

export interface NewPerson {
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly language: Locale
  /** Left out: whatever the form proposes. */
  readonly role?: 'party' | 'representative'
  /** What a representative shows for it. */
  readonly authority?: string
}

/** An organisation and those who come for it. */
export interface NewSide {
  readonly name: string
  readonly details: string
  readonly people: readonly NewPerson[]
}

/** Fills in the form of a new case; answers the case's id. */
export async function openCase(mediator: Someone, sides: readonly NewSide[], title = 'Береке — Дала Жем'): Promise<string> {
  const { page } = mediator
  await page.getByRole('link', { name: mediator.say('cases.open') }).click()
  await mediator.field('cases.title').fill(title)
  await mediator.field('cases.category').selectOption('supply')
  await mediator.field('cases.subject').fill('Оплата и срок поставки по договору № 14 от 3 марта 2026 года')
  await mediator.field('cases.agreement.date').fill('2026-11-20')
  await mediator.field('cases.agreement.place').fill('Петропавловск')
  for (const [index, side] of sides.entries()) {
    if (index >= SIDES_OF_A_FORM) await mediator.press('cases.side.add')
    await fillSide(mediator, page.getByRole('region', { name: mediator.say('cases.side', { number: String(index + 1) }) }), side)
  }
  await mediator.press('cases.open.action')
  await expect(page).toHaveURL(/\/office\/cases\/[\w-]{22}$/)
  return page.url().slice(-22)
}

/** So many stand in it from the beginning; any other is added. */
const SIDES_OF_A_FORM = 2

async function fillSide(mediator: Someone, form: Locator, { name, details, people }: NewSide): Promise<void> {
  await form.getByRole('radio', { name: mediator.say('cases.side.organisation') }).check()
  await mediator.field('cases.side.organisation.name', form).fill(name)
  await mediator.field('cases.side.details', form).fill(details)
  for (const [index, person] of people.entries()) {
    if (index > 0) await mediator.press('cases.person.add', form)
    await fillPerson(mediator, form.getByRole('group', { name: mediator.say('cases.person', { number: String(index + 1) }) }), person)
  }
}

async function fillPerson(mediator: Someone, form: Locator, { name, role, authority, phone, email, language }: NewPerson): Promise<void> {
  await mediator.field('cases.person.name', form).fill(name)
  if (role !== undefined) await mediator.field('cases.person.role', form).selectOption(role)
  if (authority !== undefined) await mediator.field('cases.person.authority', form).fill(authority)
  await mediator.field('cases.person.phone', form).fill(phone)
  await mediator.field('cases.person.email', form).fill(email)
  await mediator.field('cases.person.language', form).selectOption(language)
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
  const link = await mediator
    .dialog()
    .getByRole('textbox', { name: mediator.say('identity.invitation.link') })
    .inputValue()
  await mediator
    .dialog()
    .getByRole('button', { name: mediator.say(`identity.link.${way}`) })
    .click()
  await mediator.reads(`identity.went.${way === 'mail' ? 'local' : way}`, mediator.dialog()) // no mail server is set up here
  await page.keyboard.press('Escape')
  await mediator.press('identity.invitation.give', card)
  await mediator
    .dialog()
    .getByRole('button', { name: mediator.say('identity.code.read-out') })
    .click()
  const code = await digitsIn(mediator.dialog().getByRole('figure', { name: mediator.say('identity.code.read') }))
  await mediator.press('identity.code.done', mediator.dialog())
  return { link, code }
}
