// What a browser that was never here fetches on the way from the link to the editor. Limits: decision 031.
import { expect, test } from '@playwright/test'
import type { Browser as HttpDevice } from '#server/testing/http-world.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import LIMITS from '../scripts/page-limits.json' with { type: 'json' }
import { type CountingConnection, countingConnection } from './counting-connection.ts'
import { arrive, PHONE } from './people.ts'
import { type Platform, startPlatform } from './platform.ts'
import { quickCase, quickOwner, typeCode } from './quick-case.ts'
import { confirmAgreement, readDraft, saved } from './room.ts'

let connection: CountingConnection
let platform: Platform
let staff: HttpDevice
test.beforeAll(async () => {
  connection = await countingConnection()
  const direct = await startPlatform({ PUBLIC_URL: connection.url })
  connection.leadTo(direct.url)
  platform = { ...direct, url: connection.url }
  staff = await quickOwner(platform)
})
test.afterAll(async () => {
  await platform.stop()
  connection.close()
})

test('[UI-50] from a fresh profile each screen is there after no more code than a village line can carry', async ({ browser }, info) => {
  const quick = await quickCase(platform, staff, { admit: false })
  const [person] = quick.people
  const pavel = await arrive(browser, { locale: 'ru', viewport: PHONE })
  const { page } = pavel
  const total = () => [...connection.code.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000
  // everything that is under way counts for the screen that is shown
  const settled = async () => {
    await page.waitForLoadState('networkidle')
    return total()
  }
  // what has arrived in the moment when the field is drawn; the page fetches the waiting room's code from then on
  const asked = new Promise<string[]>((resolve) => void page.exposeFunction('codeIsAsked', resolve))
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('#root input[autocomplete="one-time-code"]:enabled')) return
      watch.disconnect()
      const arrived = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
      Reflect.get(window, 'codeIsAsked')(arrived)
    })
    watch.observe(document, { childList: true, subtree: true })
  })

  await page.goto(person.link)
  const forTheField = await asked
  await typeCode(pavel, await person.code())
  await confirmAgreement(pavel)
  await pavel.sees('rooms.waiting.title')
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  const waitingRoom = await settled()
  await quick.mediator.say(personAdmit, { participantId: person.participantId, to: 'all' })
  await page.getByRole('tab', { name: pavel.say('rooms.all') }).waitFor()
  const room = await settled()
  await readDraft(pavel)
  await saved(pavel)
  const editor = (await settled()) - room

  const codeField = forTheField.reduce((sum, path) => sum + (connection.code.get(path) ?? 0), 0) / 1000
  const measured = { codeField, waitingRoom, room, editor }
  const words = Object.entries(measured).map(([screen, kilobytes]) => `${screen} ${kilobytes.toFixed(1)} kB`)
  console.log(words.join(', '))
  await info.attach('files', {
    body: [...connection.code].map(([path, bytes]) => `${bytes} ${path}`).join('\n'),
    contentType: 'text/plain',
  })
  for (const [screen, limit] of Object.entries(LIMITS)) {
    expect.soft(measured[screen as keyof typeof LIMITS], screen).toBeLessThanOrEqual(limit) // a key of the limits
    expect.soft(measured[screen as keyof typeof LIMITS], screen).toBeGreaterThan(limit / 2)
  }
  expect([...connection.code.keys()].filter((path) => path.endsWith('.js') && path.includes('-en-'))).toEqual([])
  await pavel.context.close()
})
