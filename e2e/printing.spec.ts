// What comes out of the printer: the text whole and nothing else, or the record of the joint session; never words of a caucus.
import { expect, type Page, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { DESKTOP, PHONE, type Someone } from './people.ts'
import { askToFreeze, comeIn, quickCase, sayMany } from './quick-case.ts'
import { goTo, openDraft, readDraft, saved, writeFirst } from './room.ts'

const own = ownPlatform()
const LONG =
  'Поставщик поставляет корма партиями по заявкам покупателя, а покупатель принимает их на складе и платит до 20 числа каждого месяца. '

test('[UI-90] the browser prints the whole text over several sheets and nothing else: the draft, then the closed text, by day, by night and on a phone', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: DESKTOP, dark: true })
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru', viewport: PHONE })
  await writeFirst(aigul, 'Разговор не печатается')
  await quick.mediator.fillDraft(LONG.repeat(15).trim())
  const [text, onPhone] = [await openDraft(aigul), await readDraft(pavel)]
  for (const each of [text, onPhone]) await expect(each).toContainText('Поставщик поставляет')
  await text.click()
  await aigul.page.keyboard.press('Control+End')
  await aigul.page.keyboard.type(' Последнее слово.')
  await saved(aigul)
  await expect(onPhone).toContainText('Последнее слово.')
  for (const person of [aigul, pavel]) {
    const paper = await onPaper(person.page)
    expect(paper.text.startsWith('Черновик, '), paper.text.slice(0, 80)).toBe(true)
    expect(paper.text).toContain('— не подписан')
    expect(paper.text).toContain('Последнее слово.')
    expect(paper.text.split(LONG.trim()).length - 1).toBeGreaterThan(40)
    expect(paper.text).not.toContain('Разговор не печатается')
    expect(paper.others).toEqual([])
    expect(paper.numbers).toEqual(await numbersIn(person.page))
    expect(paper.sheets).toBeGreaterThanOrEqual(3)
    expect(paper.colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  }
  await expect.poll(() => askToFreeze(quick)).toBe(true)
  for (const person of [aigul, pavel]) {
    await expect(person.page.locator('.signing .ui-paper')).toContainText('Последнее слово.')
    const paper = await onPaper(person.page)
    expect(paper.text).toMatch(/^Закрытый текст, код \d/)
    expect(paper.text).toContain('Последнее слово.')
    expect(paper.text).not.toContain('Разговор не печатается')
    expect(paper.others).toEqual([])
    expect(paper.sheets).toBeGreaterThanOrEqual(3)
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
})

test('[UI-91] a conversation is not printed by accident: with no text open the keys ask, and the browser’s own printing says where to look', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  await writeFirst(aigul, 'Сказано всем')
  await goTo(aigul, /Медиатор/)
  await writeFirst(aigul, 'Сказано только медиатору')
  const paper = await onPaper(aigul.page)
  expect(paper.text).toBe(aigul.say('rooms.print.nothing'))
  await aigul.page.keyboard.press('Control+p')
  await aigul.sees('rooms.paper.never', aigul.dialog())

  await goesToPrinter(aigul)
  await aigul.press('rooms.paper.record', aigul.dialog())
  const record = await fromPrinter(aigul)
  expect(record).toContain('Сказано всем')
  expect(record).toContain('Айгүл Серік')
  expect(record).toContain(aigul.say('rooms.paper.without'))
  expect(record).not.toContain('Сказано только медиатору')
  await expect(aigul.dialog()).toHaveCount(0)

  await aigul.press('rooms.menu')
  await aigul.page.getByRole('menuitem', { name: aigul.say('rooms.print'), exact: true }).click()
  await aigul.press('rooms.paper.text', aigul.dialog())
  const text = await fromPrinter(aigul)
  expect(text).toContain('не подписан')
  expect(text).not.toContain('Сказано')
  expect(aigul.complaints).toEqual([])
  await aigul.context.close()
})

test('[UI-92] the record has every word of the joint session, the oldest too, which are fetched before', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const count = 260
  const words = Array.from({ length: count }, (_, index) => `слово номер ${index + 1}.`)
  await sayMany(quick.mediator, words)
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  await expect(pavel.page.getByText(`слово номер ${count}.`)).toBeVisible()
  await pavel.press('rooms.menu')
  await pavel.page.getByRole('menuitem', { name: pavel.say('rooms.print'), exact: true }).click()
  await goesToPrinter(pavel)
  await pavel.press('rooms.paper.record', pavel.dialog())
  const record = await fromPrinter(pavel)
  const said = [...record.matchAll(/слово номер (\d+)\./g)].map(([, nth]) => Number(nth))
  expect(said).toEqual(Array.from({ length: count }, (_, index) => index + 1))
  await pavel.context.close()
})

interface OnPaper {
  readonly text: string
  /** What stands on paper beside it. */
  readonly others: readonly string[]
  readonly numbers: readonly string[]
  readonly colours: readonly string[]
  readonly sheets: number
}

async function onPaper(page: Page): Promise<OnPaper> {
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
  await page.emulateMedia({ media: 'print' })
  const seen = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve)) // a page is told of another medium with its next frame, before this
    const paper = document.querySelector<HTMLElement>('body > .ui-print')
    const style = getComputedStyle(paper ?? document.body)
    return {
      // biome-ignore lint/performance/useDomNodeTextContent: what is shown, not all that is there
      text: document.body.innerText.trim(),
      others: [...document.body.children]
        .filter((each) => each !== paper && each.getClientRects().length > 0)
        .map(({ outerHTML }) => outerHTML.slice(0, 80)),
      numbers: [...document.querySelectorAll('.ui-print [data-number]')].map((each) => each.getAttribute('data-number') ?? ''),
      colours: [style.color, style.backgroundColor],
    }
  })
  await page.emulateMedia({ media: null })
  return { ...seen, sheets: pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0 }
}

function numbersIn(page: Page): Promise<readonly string[]> {
  return page.locator('.draft-text [data-number]').evaluateAll((all) => all.map((each) => each.getAttribute('data-number') ?? ''))
}

/** The window that the browser opens for printing cannot be pressed here: what would go through it is kept. */
async function goesToPrinter({ page }: Someone): Promise<void> {
  await page.evaluate(() => {
    const printed: string[] = []
    Object.assign(window, { printed })
    window.print = () => {
      window.dispatchEvent(new Event('beforeprint'))
      const sheets = [...document.querySelectorAll('.ui-print')]
      const asked = sheets.filter((sheet) => sheet.hasAttribute('data-asked'))
      printed.push((asked.length > 0 ? asked : sheets).map(({ textContent }) => textContent).join('|'))
      window.dispatchEvent(new Event('afterprint'))
    }
  })
}

async function fromPrinter({ page }: Someone): Promise<string> {
  const next = () => page.evaluate(() => (Reflect.get(window, 'printed') as string[]).shift())
  let printed: string | undefined
  await expect
    .poll(
      async () => {
        printed ??= await next()
        return printed
      },
      { timeout: 60_000 },
    )
    .toBeDefined()
  return printed ?? ''
}
