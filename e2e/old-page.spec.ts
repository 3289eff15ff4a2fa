// A page that was open when another version came, and parts of its own version that are there no more.
import { expect, type Page, test } from '@playwright/test'
import { estimateGive } from '#shared/waiting/estimate-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { askToFreeze, comeIn, quickCase } from './quick-case.ts'

const own = ownPlatform()

test('[UI-81] [UI-83] the room stays when a part is there no more; it says that there is a newer version, and brings it on a press', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [person] = quick.people
  const withoutWorker = (page: Page) => page.route('**/service-worker.js', (route) => route.abort())
  const pavel = await comeIn(browser, person, { locale: 'ru', before: withoutWorker })
  // the kinds of events that come later are here before the update comes
  const kinds = pavel.page.waitForResponse(/\/later-kinds-/)
  await quick.mediator.say(estimateGive, { at: Date.now() + 20 * 60_000 })
  await kinds
  await pavel.page.waitForLoadState('networkidle')
  // as after an update: another page is given out, and the files of this one are gone
  await pavel.page.route('**/assets/**', (route) => route.fulfill({ status: 404, json: { kind: 'not-found' } }))
  const newer = '<!doctype html><script type="module" src="/assets/index-newer.js"></script><p>newer</p>'
  await pavel.page.route(/\/(room\/[\w-]+)?$/, (route) => route.fulfill({ contentType: 'text/html', body: newer }))
  await person.connection.fillDraft('Согласовано')
  await expect.poll(() => askToFreeze(quick)).toBe(true)
  await pavel.sees('rooms.signing.failed')
  await pavel.sees('ui.part.newer')
  await expect(pavel.page.getByRole('tab', { name: pavel.say('rooms.all') })).toBeVisible()
  await pavel.press('ui.part.reload')
  await expect(pavel.page.getByText('newer')).toBeVisible()
  await pavel.context.close()
})
