// Coming in, with all that can go wrong at the door, and going out.
import { expect } from '@playwright/test'
import { invite, openCase } from '../office.ts'
import { arrive, PHONE } from '../people.ts'
import { admit, confirmAgreement } from '../room.ts'
import { AIGUL, PAVEL, sidesIn } from './story.ts'
import type { Tour } from './tour.ts'
import type { Invited } from './tour-office.ts'

const WHOLE = { whole: true } as const

export async function joining(
  { browser, platform, locale, shot, mediator, aigul, pavel }: Tour,
  { caseId, hers, his }: Invited,
): Promise<void> {
  const stranger = await arrive(browser, { locale, viewport: PHONE })
  await stranger.page.goto(`${platform.url}/join`)
  await stranger.sees('identity.join.no-link')
  await shot(stranger, 'join-no-link', WHOLE)
  await stranger.page.goto(`${platform.url}/join#${'A'.repeat(22)}`)
  await stranger.sees('identity.join.unknown')
  await shot(stranger, 'join-unknown', WHOLE)

  await aigul.page.goto(hers.link)
  await aigul.sees('identity.join.title')
  await aigul.field('identity.join.code').fill(hers.code.slice(0, 5))
  await shot(aigul, 'join', WHOLE)
  await aigul.press('ui.next')
  await aigul.sees('identity.join.short')
  await shot(aigul, 'join-short', WHOLE)
  await aigul.field('identity.join.code').fill(hers.code)
  await aigul.press('ui.next')
  await aigul.sees('rooms.confirm.title')
  await shot(aigul, 'confirm', WHOLE)
  await confirmAgreement(aigul)
  await aigul.sees('rooms.waiting.title')
  await shot(aigul, 'waiting', WHOLE)
  await aigul.press('rooms.waiting.write')
  await expect(aigul.page.locator('textarea')).toBeVisible()
  await shot(aigul, 'waiting-write')
  await aigul.press('rooms.waiting.back')

  await stranger.page.goto(hers.link)
  await stranger.sees('identity.join.title')
  await stranger.field('identity.join.code').fill('123456')
  await stranger.press('ui.next')
  await expect(stranger.page.locator('[role=alert], .ui-banner').first()).toBeVisible()
  await shot(stranger, 'join-used', WHOLE)

  await pavel.page.goto(his.link)
  const wrong = his.code === '000000' ? '111111' : '000000'
  for (let left = 4; left >= 0; left--) {
    await pavel.field('identity.join.code').fill(wrong)
    await pavel.press('ui.next')
    if (left > 0) await expect(pavel.page.locator('[id$=error], .ui-field-error').first()).toContainText(String(left))
    if (left === 4) await shot(pavel, 'join-wrong', WHOLE)
  }
  await pavel.sees('identity.join.locked')
  await shot(pavel, 'join-locked', WHOLE)
  await mediator.page.goto(`${platform.url}/office/cases/${caseId}`)
  const card = mediator.page.getByRole('listitem').filter({ hasText: PAVEL })
  await expect(card).toBeVisible()
  await shot(mediator, 'case-locked', WHOLE)
  await mediator.press('identity.invitation.unlock', card)
  await mediator
    .dialog()
    .getByRole('button', { name: mediator.say('identity.code.read-out') })
    .click()
  const digits = mediator.dialog().locator('.ui-big-digits').first()
  await expect(digits).toBeVisible()
  const code = ((await digits.getAttribute('aria-label')) ?? '').replaceAll(' ', '')
  await mediator.press('identity.code.done', mediator.dialog())
  await pavel.field('identity.join.code').fill(code)
  await pavel.press('ui.next')
  await confirmAgreement(pavel)
  await pavel.sees('rooms.waiting.title')
  await stranger.context.close()
}

/** A second case, of which one side walks out. */
export async function leaving({ browser, platform, locale, shot, mediator }: Tour): Promise<void> {
  await mediator.page.goto(`${platform.url}/office`)
  const caseId = await openCase(mediator, sidesIn(locale, locale), 'Береке — Дала Жем, 2')
  const invitation = await invite(mediator, AIGUL, 'copy')
  await mediator.page.goto(`${platform.url}/room/${caseId}`)
  await confirmAgreement(mediator, '-mediator')
  const person = await arrive(browser, { locale, viewport: PHONE })
  await person.page.goto(invitation.link)
  await person.field('identity.join.code').fill(invitation.code)
  await person.press('ui.next')
  await confirmAgreement(person)
  await person.press('rooms.waiting.leave')
  await person.press('rooms.leave.do', person.dialog())
  await person.sees('rooms.left.title')
  await shot(person, 'left', WHOLE)
  await expect(mediator.page.locator('.ui-banner').first()).toBeVisible()
  await shot(mediator, 'board-ended')
  await person.context.close()
}

/** A third, which its mediator ends without an agreement. */
export async function ending({ browser, platform, locale, shot, mediator }: Tour): Promise<void> {
  await mediator.page.goto(`${platform.url}/office`)
  const caseId = await openCase(mediator, sidesIn(locale, locale), 'Береке — Дала Жем, 3')
  const invitation = await invite(mediator, AIGUL, 'copy')
  await mediator.page.goto(`${platform.url}/room/${caseId}`)
  await confirmAgreement(mediator, '-mediator')
  await mediator.press('rooms.session.start')
  const person = await arrive(browser, { locale, viewport: PHONE })
  await person.page.goto(invitation.link)
  await person.field('identity.join.code').fill(invitation.code)
  await person.press('ui.next')
  await confirmAgreement(person)
  await admit(mediator, AIGUL)
  await mediator.press('rooms.mediation.end')
  await mediator
    .dialog()
    .getByRole('radio', { name: mediator.say('rooms.mediation.ground.expired') })
    .check()
  await mediator.press('rooms.mediation.end-do', mediator.dialog())
  await expect(mediator.button('rooms.mediation.end')).toHaveCount(0)
  await shot(mediator, 'ended-mediator')
  await expect(person.page.locator('.ui-banner').first()).toBeVisible()
  await shot(person, 'ended')
  await mediator.page.goto(`${platform.url}/office/cases/${caseId}`)
  await mediator.sees('cases.enter.closed')
  await shot(mediator, 'case-closed', WHOLE)
  await person.context.close()
}
