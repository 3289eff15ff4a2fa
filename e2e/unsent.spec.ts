// `kill -9` of the whole browser, less than a second after the last letter: with its own folder on the disk, as on somebody's phone.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, expect, test } from '@playwright/test'
import type { CommandId } from '#shared/kernel/ids.ts'
import { everythingKept, keptOnDevice } from './kept-on-device.ts'
import { ownPlatform } from './own-platform.ts'
import { DESKTOP, PHONE, Someone } from './people.ts'
import { CHROMIUM } from './playwright.config.ts'
import { comeIn, type Invited, newId, type QuickCase, quickCase, textsOf, typeCode } from './quick-case.ts'
import { hears, openDraft, saved, typeUnder } from './room.ts'

const own = ownPlatform()
test.describe.configure({ timeout: 120_000 })

/** Somebody's own browser, whose process can be killed and started again. */
class OwnBrowser {
  readonly #folder = mkdtempSync(join(tmpdir(), 'bitim-browser-'))
  #context: BrowserContext | undefined

  async start(viewport = DESKTOP): Promise<Someone> {
    const context = await chromium.launchPersistentContext(this.#folder, {
      ...CHROMIUM,
      locale: 'ru-RU',
      viewport,
      reducedMotion: 'reduce',
    })
    this.#context = context
    return new Someone(context, context.pages()[0] ?? (await context.newPage()), 'ru')
  }

  /** The processes of this folder alone; nobody is told. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.#context?.once('close', resolve))
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) if (this.#isMine(id)) process.kill(Number(id), 'SIGKILL')
    await gone
  }

  async end(): Promise<void> {
    await this.#context?.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #isMine(id: string): boolean {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(this.#folder)
    } catch {
      return false // gone meanwhile
    }
  }
}

async function enter(someone: Someone, person: Invited): Promise<void> {
  await someone.page.goto(person.link)
  const code = someone.field('identity.join.code')
  const room = someone.page.getByRole('tab', { name: someone.say('rooms.all') })
  await expect(code.or(room).first()).toBeVisible()
  // a browser that was killed may have lost its session's cookie, which it writes much later
  if (await code.isVisible()) await typeCode(someone, await person.code())
  await expect(room).toBeVisible()
}

const composer = ({ page }: Someone) => page.locator('.ui-composer textarea')

/** What is pressed is the outbox's after the seconds in which it can be taken back; the next message ends them. */
async function speak(someone: Someone, text: string): Promise<void> {
  await composer(someone).fill(text)
  await someone.page.keyboard.press('Control+Enter')
  const question = someone.page.getByRole('alertdialog')
  if (await question.isVisible()) await question.getByRole('button').first().click()
}

async function wentOnce({ mediator }: Pick<QuickCase, 'mediator'>, said: readonly string[]): Promise<void> {
  await expect.poll(async () => textsOf(await mediator.read('all')), { timeout: 30_000 }).toEqual(said)
}

test('[LIV-50] [LIV-54] a browser killed within a second of the last letter loses none; all goes out once, though nobody opens the draft', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const mine = new OwnBrowser()
  const aigul = await mine.start()
  await enter(aigul, first)
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  await openDraft(aigul)
  await saved(aigul)
  await aigul.context.setOffline(true)
  await aigul.sees('rooms.offline.title')
  await speak(aigul, 'раз')
  await speak(aigul, 'два')
  await typeUnder(aigul, 'Обязательства', 'Слова без связи.')
  await composer(aigul).fill('недописанное')
  await mine.kill()

  // a phone shows the talk first: the draft is not opened
  const again = await mine.start(PHONE)
  await enter(again, first)
  await expect(composer(again)).toHaveValue('недописанное')
  await wentOnce(quick, ['раз', 'два'])
  await expect(await openDraft(pavel)).toContainText('Слова без связи.')
  await expect(pavel.page.getByText('Слова без связи.')).toHaveCount(1)
  await again.sees('rooms.sync-status.sent')
  expect((await keptOnDevice(again.page)).filter(([key]) => /:(draft|outbox):/.test(key))).toEqual([])
  expect(again.complaints).toEqual([])
  await pavel.context.close()
  await mine.end()
})

test('[LIV-50] the server is killed in the middle of a sentence, and the browser a moment later: every letter is there', async () => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const mine = new OwnBrowser()
  const aigul = await mine.start()
  await enter(aigul, first)
  await typeUnder(aigul, 'Обязательства', 'Начало ')
  await own.platform.kill()
  await aigul.page.keyboard.type('и конец.', { delay: 5 })
  await speak(aigul, 'когда вернётся')
  await mine.kill()
  await own.platform.start()
  const now = { mediator: await quick.reconnect() }

  const again = await mine.start()
  await enter(again, first)
  await expect(await openDraft(again)).toContainText('Начало и конец.')
  await saved(again)
  // it could still be taken back: it waits to be sent again
  await expect(composer(again)).toHaveValue('когда вернётся')
  await speak(again, 'когда вернётся')
  await wentOnce(now, ['когда вернётся'])
  await mine.end()
})

test('[LIV-51] what an earlier release left in the browser is there, and rests no more where it was', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru' })
  const root = `bitim:${quick.caseId}:${first.participantId}:`
  const entry = { id: newId<CommandId>(), name: 'message:post', audience: 'all', pressedAt: 1, state: { kind: 'waiting' } }
  await aigul.page.evaluate(
    ([key, kept]) => localStorage.setItem(`${key}outbox:before`, kept ?? ''),
    [root, JSON.stringify([{ ...entry, input: { audience: 'all', id: entry.id, text: 'из прошлого выпуска' } }])],
  )
  await aigul.page.evaluate((key) => localStorage.setItem(`${key}words`, JSON.stringify({ all: 'недописанное' })), root)
  await aigul.page.reload()
  await expect(composer(aigul)).toHaveValue('недописанное')
  await hears(aigul, 'из прошлого выпуска')
  expect(await aigul.page.evaluate((key) => Object.keys(localStorage).filter((each) => each.startsWith(key)), root)).toEqual([])
  await aigul.context.close()
})

test('[LIV-53] leaving takes everything off the device, and so does "not my device" where it was one’s own before', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  await composer(pavel).fill('секрет')
  await expect.poll(() => everythingKept(pavel.page)).toContain('секрет')
  await pavel.context.clearCookies()
  await pavel.page.goto(second.link)
  await typeCode(pavel, await second.code(), true)
  await expect(pavel.page.getByRole('tab', { name: pavel.say('rooms.all') })).toBeVisible()
  await expect.poll(() => everythingKept(pavel.page)).not.toContain(second.participantId)

  const aigul = await comeIn(browser, first, { locale: 'ru' })
  await composer(aigul).fill('секрет')
  await expect.poll(() => everythingKept(aigul.page)).toContain('секрет')
  await aigul.press('rooms.menu')
  await aigul.page.getByRole('menuitem', { name: aigul.say('rooms.leave.item') }).click()
  await aigul.press('rooms.leave.do', aigul.dialog())
  await aigul.sees('rooms.left.device')
  await expect.poll(() => everythingKept(aigul.page)).not.toContain(first.participantId)
  await pavel.context.close()
  await aigul.context.close()
})

test('[LIV-50] a browser that refuses its database is not said to keep anything', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const aigul = await comeIn(browser, first, {
    locale: 'ru',
    before: (page) =>
      page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('private', 'SecurityError')
        }
      }),
  })
  await aigul.sees('rooms.storage')
  await openDraft(aigul)
  await saved(aigul)
  await aigul.context.setOffline(true)
  await typeUnder(aigul, 'Обязательства', 'Слова.')
  await aigul.sees('drafting.save.offlineUnkept')
  await aigul.context.setOffline(false)
  await saved(aigul)
  await aigul.context.close()
})
