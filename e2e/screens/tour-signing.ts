// The closed text: read, refused, signed, released, and judged by a stranger.
import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { PASSWORD } from '../office.ts'
import { arrive, DESKTOP, PHONE } from '../people.ts'
import { isReady, sayHowRead } from '../room.ts'
import { askCode, codeFor } from './drafting.ts'
import { AIGUL, PAVEL } from './story.ts'
import type { Tour } from './tour.ts'

export interface Bundle {
  readonly name: string
  readonly bytes: Buffer
}

const DESKTOP_ONLY = { sizes: ['desktop'] } as const
const ALL = { sizes: ['phone', 'tablet', 'desktop'] } as const

export async function signing(tour: Tour): Promise<Bundle> {
  const { mediator, aigul, pavel, shot } = tour
  for (const person of [aigul, pavel]) await expect(person.button('signing.sign')).toBeVisible()
  await shot(aigul, 'sign', ALL)
  await aigul.press('signing.decline')
  await aigul.page.getByLabel(aigul.say('signing.decline.reason')).fill('Мерзімі: 15-і емес, 20-сы болсын.')
  await shot(aigul, 'decline-dialog')
  await aigul
    .dialog()
    .getByRole('radio', { name: aigul.say('signing.decline.to.all') })
    .check()
  await aigul.press('signing.decline.do', aigul.dialog())
  await mediator.sees('signing.reopened.title')
  await shot(mediator, 'reopened', DESKTOP_ONLY)
  for (const person of [aigul, pavel]) await isReady(person)
  await mediator.press('drafting.mediator.close')
  await mediator.press('drafting.close.confirm', mediator.dialog())
  await mediator.sees('signing.title')
  await expect(mediator.button('signing.reopen')).toBeVisible()
  await shot(mediator, 'signing-mediator-none', DESKTOP_ONLY)
  const paper = mediator.page.getByText(mediator.say('signing.paper'), { exact: true })
  await paper.click()
  await mediator.page.getByText(mediator.say('signing.paper.how')).scrollIntoViewIfNeeded()
  await shot(mediator, 'paper-route', DESKTOP_ONLY)
  await paper.click()

  await aigul.press('signing.sign')
  await expect(aigul.field('signing.new-code.label')).toBeVisible()
  await shot(aigul, 'sign-form', ALL)
  await sayHowRead(aigul)
  await expect(mediator.page.locator('figure').filter({ hasText: AIGUL })).toHaveCount(0)
  await shot(mediator, 'signing-mediator-veiled', DESKTOP_ONLY)
  await askCode(mediator, AIGUL)
  await shot(mediator, 'signing-mediator-code', DESKTOP_ONLY)
  await onPhone(tour, 'signing-mediator-phone')
  await aigul.field('signing.new-code.label').fill(await codeFor(mediator, AIGUL))
  await aigul.press('signing.sign')
  await aigul.sees('signing.stands')
  await shot(aigul, 'signed-waiting')
  await shot(mediator, 'who-has-signed', DESKTOP_ONLY)
  await pavel.press('signing.sign')
  await sayHowRead(pavel)
  await askCode(mediator, PAVEL)
  await pavel.field('signing.new-code.label').fill(await codeFor(mediator, PAVEL))
  await pavel.press('signing.sign')
  await mediator.sees('signing.who.your-turn')
  await mediator.press('signing.sign')
  await sayHowRead(mediator)
  await mediator.field('signing.password').fill(PASSWORD)
  await shot(mediator, 'sign-form-mediator', DESKTOP_ONLY)
  await mediator.press('signing.sign')
  await mediator.sees('signing.released')
  await aigul.sees('signing.released')
  await shot(mediator, 'released-mediator')
  await shot(aigul, 'released')
  const [download] = await Promise.all([mediator.page.waitForEvent('download'), mediator.button('signing.save.bundle').last().click()])
  await shot(aigul, 'released-talk', { sizes: ['desktop'] })
  await mediator.press('rooms.board-short')
  await shot(mediator, 'board-after', { whole: true })
  await mediator.press('rooms.case.close')
  await shot(mediator, 'case-close')
  await mediator.press('rooms.case.close-not', mediator.dialog())
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

/** The mediator's phone shows one part at a time. */
async function onPhone({ mediator, shot }: Tour, name: string): Promise<void> {
  await mediator.page.setViewportSize(PHONE)
  await mediator.page.getByRole('button', { name: mediator.say('rooms.tab.draft') }).click()
  await shot(mediator, name, { sizes: ['phone'] })
  await mediator.page.getByRole('button', { name: mediator.say('rooms.tab.talk') }).click()
  await mediator.page.setViewportSize(DESKTOP)
}

export async function verifying({ browser, platform, locale, shot }: Tour, { name, bytes }: Bundle): Promise<void> {
  const stranger = await arrive(browser, { locale })
  const choose = (buffer: Buffer) =>
    stranger.page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/zip', buffer })
  await stranger.page.route('**/api/authority', (route) => route.abort()) // as on the page of another installation
  await stranger.page.goto(`${platform.url}/verify`)
  await choose(bytes)
  await stranger.sees('verify.amber')
  await shot(stranger, 'verify-amber', { whole: true })
  const { digits } = await (await fetch(`${platform.url}/api/authority`)).json()
  await stranger.field('verify.root.code').fill(digits)
  await stranger.sees('verify.valid')
  await shot(stranger, 'verify-green', { whole: true })
  await choose(changed(bytes))
  await stranger.sees('verify.broken')
  await shot(stranger, 'verify-red', { whole: true })
  await choose(Buffer.from('not a bundle'))
  await stranger.sees('verify.no-bundle')
  await shot(stranger, 'verify-unreadable', { whole: true })
  await stranger.context.close()
}

/** One byte of the agreed sum is another, if the text lies in the archive as it is; else one byte in the middle. */
function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const at = copy.indexOf('840')
  const place = at > 0 ? at : Math.floor(copy.length / 2)
  copy[place] = (copy[place] ?? 0) ^ 1
  return copy
}
