// `kill -9` of the server in the middle of talking, freezing and signing: what was acknowledged stands once, and everybody can finish.
import { createHash } from 'node:crypto'
import { expect, type Page, test, type WebSocket } from '@playwright/test'
import { answered } from '#server/testing/http-world.ts'
import { freezeRequest, freezeRequested } from '#shared/drafting/drafting-protocol.ts'
import { readOutList } from '#shared/identity/invitation-protocol.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { requestOf } from '#shared/protocol/route.ts'
import { agreementReleased, signatureGive, versionReopen } from '#shared/signing/signing-protocol.ts'
import { bundleDownload, signingCertify } from '#shared/signing/signing-routes.ts'
import { PASSWORD } from './office.ts'
import { ownPlatform } from './own-platform.ts'
import type { Someone } from './people.ts'
import { addressOf, allReady, comeIn, type Invited, mediatorComesIn, type QuickCase, quickCase, textsOf } from './quick-case.ts'
import { sayHowRead, textCode } from './room.ts'

const own = ownPlatform()
test.describe.configure({ timeout: 90_000 })

test('[LUCK-10] killed five times while two sides talk: every message stands once, in one order, on every screen', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const mediator = await mediatorComesIn(browser, own.platform, quick) // without whom the room turns read-only after fifteen seconds
  const [aigul, pavel] = [await comeIn(browser, first, { locale: 'ru' }), await comeIn(browser, second, { locale: 'ru' })]
  const numbered = (letter: string) => Array.from({ length: 24 }, (_, at) => `${letter}${String(at).padStart(2, '0')}`)
  let killing = true
  const talk = async ({ page }: Someone, words: readonly string[]) => {
    for (const text of words) {
      await page.locator('.ui-composer textarea').fill(text)
      await page.keyboard.press('Control+Enter')
      const question = page.getByRole('alertdialog')
      if (await question.isVisible()) await question.getByRole('button').first().click()
    }
  }
  const kills = async () => {
    for (let round = 0; round < 5; round++) await own.platform.restart()
    killing = false
  }
  await Promise.all([talk(aigul, numbered('А')), talk(pavel, numbered('П')), kills()])
  expect(killing).toBe(false)
  const everything = [...numbered('А'), ...numbered('П')].sort()
  for (const { page } of [aigul, pavel])
    await expect.poll(async () => [...(await said(page))].sort(), { timeout: 40_000 }).toEqual(everything)
  const record = textsOf(await (await first.reconnect()).read('all'))
  for (const { page } of [aigul, pavel]) await expect.poll(() => said(page)).toEqual(record)
  for (const letter of ['А', 'П']) expect(record.filter((text) => text.startsWith(letter))).toEqual(numbered(letter))
  await end(mediator, aigul, pavel)
})

test('[LUCK-11] killed in the middle of freezing and of signing: nothing happens twice, nothing is lost, everybody can finish', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const [aigul, pavel] = [await comeIn(browser, first, { locale: 'ru' }), await comeIn(browser, second, { locale: 'ru' })]
  const everybody = [mediator, aigul, pavel]
  const [frames, hisFrames] = [framesOf(mediator.page), framesOf(pavel.page)]
  await Promise.all([mediator.page.reload(), pavel.page.reload()]) // a socket is watched from its beginning
  await mediator.press('rooms.talk-short')
  let now = quick
  await now.mediator.fillDraft('Условие согласовано.')

  await test.step('when the mediator asks to close the text', async () => {
    await allReady(now)
    await freezeAndKill('sent', `"${freezeRequest.name}"`)
    await sameCode(1)
  })
  await test.step('when everybody has been told that it is being closed', async () => {
    const frozen = (await now.mediator.read('all')).findLast(({ type }) => type === 'version:frozen')
    await now.mediator.say(versionReopen, { versionId: JSON.parse(frozen?.body ?? '{}').versionId, reason: 'Исправим' })
    await mediator.sees('signing.reopened.title')
    await allReady(now)
    await freezeAndKill('received', `"${freezeRequested.name}"`)
    await sameCode(2)
  })
  await test.step('between the certificate and the signature', async () => {
    await aigul.page.route(`**${signingCertify.path.replaceAll(/:\w+/g, '*')}`, async (route) => {
      const response = await route.fetch()
      await own.platform.restart()
      await route.fulfill({ response })
    })
    await sign(aigul, first)
    await aigul.sees('signing.stands')
  })
  await test.step('while a signature is being recorded', async () => {
    const killed = hisFrames.wait('sent', `"${signatureGive.name}"`).then(() => own.platform.restart())
    await sign(pavel, second)
    await killed
    await pavel.sees('signing.stands')
  })
  await test.step('while the mediator signs last', async () => {
    const killed = frames.wait('sent', `"${signatureGive.name}"`).then(() => own.platform.restart())
    await mediator.press('signing.sign')
    await sayHowRead(mediator)
    await mediator.field('signing.password').fill(PASSWORD)
    await mediator.press('signing.sign')
    await killed
    for (const person of everybody) await person.sees('signing.released')
  })
  now = await reconnected(quick)
  const events = await now.people[0].connection.read('all')
  expect(events.filter(({ type }) => type === agreementReleased.name)).toHaveLength(1)
  const { versionId } = JSON.parse(events.find(({ type }) => type === agreementReleased.name)?.body ?? '{}') as { versionId: VersionId }
  const digests = new Set<string>()
  for (const { connection } of now.people) digests.add(await bundleDigest(quick, connection.token, versionId))
  digests.add(await bundleDigest(quick, now.mediator.token, versionId))
  expect(digests.size).toBe(1)
  await end(...everybody)

  async function freezeAndKill(way: 'sent' | 'received', words: string): Promise<void> {
    const killed = frames.wait(way, words).then(() => own.platform.restart())
    await mediator.press('drafting.mediator.close')
    await mediator.press('drafting.close.confirm', mediator.dialog())
    await killed
    for (const person of everybody) await person.sees('signing.title')
    now = await reconnected(quick)
  }

  async function sameCode(times: number): Promise<void> {
    const codes = new Set<string>()
    for (const person of everybody) codes.add(await textCode(person))
    expect(codes.size).toBe(1)
    const record = await now.mediator.read('all')
    for (const type of ['version:frozen', freezeRequested.name]) expect(record.filter((event) => event.type === type)).toHaveLength(times)
  }

  async function sign(person: Someone, { participantId }: Invited): Promise<void> {
    await person.press('signing.sign')
    await sayHowRead(person)
    const readOut = async () => {
      const { codes } = answered(await own.staff.call(readOutList, { caseId: quick.caseId }))
      return codes.find((each) => each.participantId === participantId)?.code ?? ''
    }
    await expect.poll(readOut).not.toBe('')
    await person.field('signing.new-code.label').fill(await readOut())
    await person.press('signing.sign')
  }
})

/** The words of the messages on the screen, in their order. */
function said(page: Page): Promise<readonly string[]> {
  return page.locator('.ui-talk .ui-message-body').allTextContents()
}

async function reconnected(quick: QuickCase): Promise<QuickCase> {
  const [first, second] = quick.people
  return {
    ...quick,
    mediator: await quick.reconnect(),
    people: [
      { ...first, connection: await first.reconnect() },
      { ...second, connection: await second.reconnect() },
    ],
  }
}

/** What goes over a page's sockets from now on. */
function framesOf(page: Page) {
  type Way = 'sent' | 'received'
  const waiting = new Set<{ way: Way; words: string; found: () => void }>()
  const look = (way: Way, payload: string | Buffer) => {
    for (const each of waiting) if (each.way === way && payload.toString().includes(each.words)) each.found()
  }
  const watch = (socket: WebSocket) => {
    socket.on('framesent', ({ payload }) => look('sent', payload))
    socket.on('framereceived', ({ payload }) => look('received', payload))
  }
  page.on('websocket', watch)
  return {
    wait: (way: Way, words: string) =>
      new Promise<void>((resolve) => {
        const each = {
          way,
          words,
          found: () => {
            waiting.delete(each)
            resolve()
          },
        }
        waiting.add(each)
      }),
  }
}

async function bundleDigest({ caseId }: QuickCase, token: string, versionId: VersionId): Promise<string> {
  const { url } = requestOf(bundleDownload, { caseId, versionId })
  const response = await fetch(`${addressOf(own.platform)}${url}`, { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  return createHash('sha256')
    .update(new Uint8Array(await response.arrayBuffer()))
    .digest('hex')
}

async function end(...people: readonly Someone[]): Promise<void> {
  for (const person of people) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
}
