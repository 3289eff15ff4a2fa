// One whole mediation, from the owner's first link to an agreement that a stranger verifies.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { expect, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import { invite, openCase, setUp } from './office.ts'
import { arrive, PHONE, type Someone } from './people.ts'
import { type Platform, startPlatform } from './platform.ts'
import {
  admit,
  boardRoom,
  confirmAgreement,
  digitsIn,
  freeze,
  goTo,
  hears,
  isReady,
  join,
  openDraft,
  saved,
  sign,
  signAsMediator,
  textCode,
  typeUnder,
  write,
} from './room.ts'

let platform: Platform
test.beforeAll(async () => {
  platform = await startPlatform()
})
test.afterAll(() => platform.stop())

const BEREKE = '«Береке» шаруа қожалығы'
const DALA = 'ТОО «Дала Жем»'

test('[DAY-1] a mediation day', async ({ browser }) => {
  const mediator = await arrive(browser, { locale: 'ru' })
  const aigul = await arrive(browser, { locale: 'kk', viewport: PHONE })
  const pavel = await arrive(browser, { locale: 'ru' })
  const everybody = [mediator, aigul, pavel]
  let caseId = ''

  await test.step('the owner sets up and opens a case', async () => {
    await mediator.context.grantPermissions(['clipboard-write', 'clipboard-read'])
    await setUp(mediator, platform, 'Ерлан Омаров')
    caseId = await openCase(mediator)
  })

  await test.step('two people are invited by two ways, join by link and code, confirm and wait', async () => {
    const first = await invite(mediator, 'Айгүл Серік', 'copy')
    const second = await invite(mediator, 'Павел Ким', 'mail')
    await join(aigul, first)
    await join(pavel, second)
  })

  await test.step('the mediator confirms, starts the session and lets them in one by one', async () => {
    await mediator.page.goto(`${platform.url}/room/${caseId}`)
    await confirmAgreement(mediator, '-mediator')
    await mediator.press('rooms.session.start')
    await admit(mediator, 'Айгүл Серік')
    await admit(mediator, 'Павел Ким')
    await expect(aigul.page.getByRole('tab', { name: aigul.say('rooms.all') })).toBeVisible()
    await expect(pavel.page.getByRole('tab', { name: pavel.say('rooms.all') })).toBeVisible()
  })

  await test.step('they talk together, in Russian and Kazakh', async () => {
    await mediator.press('caucus.board.enter', boardRoom(mediator, mediator.say('caucus.board.joint')))
    await write(mediator, 'Добрый день. Қош келдіңіздер!')
    await write(aigul, 'Біз үшін ең маңыздысы — бірінші төлемнің желтоқсанда түсуі.')
    await write(pavel, 'Четыре платежа для нас подъёмны.')
    for (const person of everybody) {
      for (const words of ['Қош келдіңіздер', 'бірінші төлемнің', 'Четыре платежа']) await hears(person, words)
    }
  })

  await test.step('both caucuses, and nobody else hears them', async () => {
    await caucus(mediator, aigul, BEREKE, 'Қаңтарға дейін күте аламыз, бірақ айтпаңыз.')
    await caucus(mediator, pavel, DALA, 'Больше 460 000 в месяц не потянем, это между нами.')
    await goTo(mediator, mediator.say('rooms.all'))
    await goTo(aigul, aigul.say('rooms.all'))
    await goTo(pavel, pavel.say('rooms.all'))
    await write(mediator, 'Продолжим вместе.')
    await hears(pavel, 'Продолжим вместе.')
    expect(await pavel.page.content()).not.toContain('Қаңтарға дейін')
    expect(await aigul.page.content()).not.toContain('не потянем')
  })

  await test.step('three people write the agreement at once, one of them offline for a while', async () => {
    await Promise.all([
      typeUnder(mediator, 'Обязательства', 'ТОО «Дала Жем» выплачивает КХ «Береке» 1 840 000 ₸.'),
      typeUnder(pavel, 'Способы и сроки', 'Четырьмя частями по 460 000 ₸ до 15 числа, начиная с декабря 2026 года.'),
    ])
    await openDraft(aigul)
    await saved(aigul)
    await aigul.context.setOffline(true)
    await typeUnder(aigul, /последстви/i, 'При просрочке весь остаток подлежит уплате сразу.')
    // Until the connection is known to be gone it says "saving"; what it must not say is "saved".
    const waits = aigul.page.getByText(aigul.say('drafting.save.saving')).or(aigul.page.getByText(aigul.say('drafting.save.offlineUnsent')))
    await expect(waits.first()).toBeVisible()
    await aigul.context.setOffline(false)
    for (const person of everybody) {
      const text = await openDraft(person)
      for (const words of ['1 840 000 ₸', 'Четырьмя частями', 'весь остаток']) await expect(text).toContainText(words)
      await saved(person)
    }
  })

  await test.step('the server is killed and started again; everything is there, and goes on', async () => {
    await platform.kill()
    await typeUnder(pavel, 'Расходы', 'Расходы на медиацию стороны несут поровну.')
    await platform.start()
    await saved(pavel)
    await expect(await openDraft(mediator)).toContainText('несут поровну')
    await write(mediator, 'Связь вернулась.')
    await hears(pavel, 'Связь вернулась.')
  })

  const refusedCode = await test.step('the text is frozen, and one side will not sign it', async () => {
    await isReady(aigul)
    await isReady(pavel)
    await freeze(mediator)
    const code = await textCode(mediator)
    expect(await textCode(aigul)).toBe(code)
    expect(await textCode(pavel)).toBe(code)
    await pavel.press('signing.decline')
    await pavel.page.getByLabel(pavel.say('signing.decline.reason')).fill('Срок: до 20 числа, а не до 15.')
    await pavel
      .dialog()
      .getByRole('radio', { name: pavel.say('signing.decline.to.all') })
      .check()
    await pavel.press('signing.decline.do', pavel.dialog())
    await mediator.sees('signing.reopened.title')
    return code
  })

  await test.step('mended and frozen again, with another code', async () => {
    const text = await openDraft(pavel)
    await text.getByText('до 15 числа').click()
    await typeUnder(pavel, 'Способы и сроки', ' Срок — до 20 числа.')
    await saved(pavel)
    await isReady(aigul)
    await isReady(pavel)
    await freeze(mediator)
    expect(await textCode(mediator)).not.toBe(refusedCode)
  })

  const bundle = await test.step('all sign, the mediator last, and all get the same file', async () => {
    await sign(aigul, () => codeReadOut(mediator, 'Айгүл Серік'))
    await expect(pavel.button('signing.sign')).toBeVisible()
    expect(await pavel.page.content(), 'no side learns who has signed').not.toContain(pavel.say('signing.stands'))
    await sign(pavel, () => codeReadOut(mediator, 'Павел Ким'))
    await signAsMediator(mediator)
    const copies: Buffer[] = []
    for (const person of everybody) {
      await person.sees('signing.released')
      copies.push(await download(person, 'signing.save.bundle'))
    }
    const [first] = copies
    if (!first) throw new Error('nobody has a copy')
    for (const copy of copies) expect(copy.equals(first)).toBe(true)
    return first
  })

  const root = Buffer.from(await (await fetch(`${platform.url}/api/authority.pem`)).arrayBuffer())
  keepProducts(bundle, root)
  await platform.kill()

  await test.step('a stranger verifies it without the server, on the command line and by openssl', async () => {
    const folder = mkdtempSync(joinPath(tmpdir(), 'bitim-stranger-'))
    const files = {
      bundle: joinPath(folder, 'bundle.zip'),
      root: joinPath(folder, 'authority.pem'),
      broken: joinPath(folder, 'broken.zip'),
    }
    writeFileSync(files.bundle, bundle)
    writeFileSync(files.root, root)
    expect(verify([files.bundle, '--root', files.root])).toBe(0)
    expect(verify([files.bundle]), 'no root given: consistent, authority unknown').toBe(3)
    opensslVerifies(bundle, folder)
    const broken = Buffer.from(bundle)
    const at = broken.indexOf('1 840 000 ₸')
    broken[at] = '9'.charCodeAt(0)
    writeFileSync(files.broken, broken)
    expect(verify([files.broken, '--root', files.root])).toBe(1)
  })

  await test.step('and on the public page, which sends nothing anywhere', async () => {
    await platform.start()
    const stranger = await arrive(browser, { locale: 'en', viewport: PHONE })
    await stranger.page.goto(`${platform.url}/verify`)
    await stranger.sees('verify.own')
    await stranger.context.setOffline(true)
    const choose = (name: string, buffer: Buffer) =>
      stranger.page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/zip', buffer })
    await choose('bundle.zip', bundle)
    await stranger.sees('verify.valid')
    const broken = Buffer.from(bundle)
    broken[broken.indexOf('1 840 000 ₸')] = '9'.charCodeAt(0)
    await choose('broken.zip', broken)
    await stranger.sees('verify.broken')
    expect(stranger.complaints).toEqual([])
  })
  for (const person of everybody) expect(person.complaints).toEqual([])
})

async function download(person: Someone, button: string): Promise<Buffer> {
  const [file] = await Promise.all([person.page.waitForEvent('download'), person.button(button).last().click()]) // above the rooms, and beside the text
  return readFileSync(await file.path())
}

/** Other people's validators look at the day's products afterwards. */
function keepProducts(bundle: Buffer, root: Buffer): void {
  const folder = process.env.PRODUCTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(joinPath(folder, 'bundle.zip'), bundle)
  writeFileSync(joinPath(folder, 'authority.pem'), root)
}

function verify(args: readonly string[]): number | null {
  return spawnSync(process.execPath, ['scripts/verify.mjs', ...args], { cwd: joinPath(import.meta.dirname, '..'), encoding: 'utf8' }).status
}

/** Each signature, by a program that knows nothing of us. */
function opensslVerifies(bundle: Buffer, folder: string): void {
  const parts = unzipSync(bundle)
  const names = Object.keys(parts)
  for (const name of names) {
    mkdirSync(joinPath(folder, name, '..'), { recursive: true })
    writeFileSync(joinPath(folder, name), parts[name] ?? new Uint8Array())
  }
  const signatures = names.filter((name) => name.endsWith('.p7s'))
  expect(signatures).toHaveLength(3)
  for (const signature of signatures) {
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', signature, '-content', 'agreement.pdf']
    const checked = spawnSync('openssl', [...args, '-CAfile', 'authority.pem', '-purpose', 'any', '-out', '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(checked.stderr).toContain('successful')
    expect(checked.status).toBe(0)
  }
}

/** The mediator invites a side, the side steps over, they talk. */
async function caucus(mediator: Someone, person: Someone, side: string, words: string): Promise<void> {
  await goTo(mediator, new RegExp(side))
  await mediator.press('caucus.bar.invite')
  await mediator.press('caucus.invite.do', mediator.dialog())
  await person.press('caucus.invitation.enter')
  await person.page.getByLabel(person.say('caucus.step-over.alone')).check()
  await person.press('caucus.step-over.enter', person.dialog())
  await expect(person.page.getByRole('tab', { name: person.say('rooms.mediator') })).toHaveAttribute('aria-selected', 'true')
  await write(person, words)
  await hears(mediator, words)
}

/** The mediator sees the code beside the signatures, and says it on the telephone. */
async function codeReadOut(mediator: Someone, name: string): Promise<string> {
  await mediator.page.getByRole('button', { name: `${mediator.say('identity.read-out.show')}: ${name}` }).click()
  return digitsIn(mediator.page.locator('figure').filter({ hasText: name }))
}
