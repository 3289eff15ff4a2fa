// Every main screen, from one mediation per language, lived through by three people whose pages are photographed on the way.
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { LOCALES } from '#shared/kernel/locale.ts'
import { arrive, DESKTOP, PHONE } from '../people.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { createCamera } from './camera.ts'
import { writeContactSheet } from './contact-sheet.ts'
import { ending, joining, leaving } from './tour-entering.ts'
import { office } from './tour-office.ts'
import { room } from './tour-room.ts'
import { signing, verifying } from './tour-signing.ts'

const folder = join(import.meta.dirname, '../../screens')
const asked = (process.env.SCREENS_LOCALES ?? '').split(' ')
const wanted = LOCALES.filter((locale) => asked.includes(locale))

let platform: Platform
test.beforeEach(async () => {
  platform = await startPlatform()
})
test.afterEach(() => platform.stop())
test.afterAll(() => writeContactSheet(folder))

for (const locale of wanted.length > 0 ? wanted : LOCALES) {
  test(`every screen, ${locale}`, async ({ browser }) => {
    const { shot } = createCamera(join(folder, locale))
    const [mediator, aigul, pavel] = await Promise.all([
      arrive(browser, { locale, viewport: DESKTOP }),
      arrive(browser, { locale, viewport: PHONE }),
      arrive(browser, { locale, viewport: DESKTOP }),
    ])
    await mediator.context.grantPermissions(['clipboard-write', 'clipboard-read'])
    const tour = { browser, platform, locale, shot, mediator, aigul, pavel }

    const invited = await test.step('the office', () => office(tour))
    await test.step('joining', () => joining(tour, invited))
    await test.step('the room', () => room(tour, invited.caseId))
    const bundle = await test.step('signing', () => signing(tour))
    await test.step('verifying', () => verifying(tour, bundle))
    await test.step('leaving', () => leaving(tour))
    await test.step('ending', () => ending(tour))
    for (const person of [mediator, aigul, pavel]) expect(person.complaints).toEqual([])
  })
}
