// Other people's hands in one's text: their carets, and their words while a phone's keyboard still holds a word of one's own.
import { type CDPSession, expect, type Locator, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { comeIn, quickCase } from './quick-case.ts'
import { openDraft, readDraft, saved } from './room.ts'

const own = ownPlatform()

test('[DRA-243] somebody else’s caret moves nothing by a pixel: in an empty clause, at the end of a line, in a word, on a phone', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  const theirs = await openDraft(pavel)
  await theirs.click()
  const { keyboard } = pavel.page
  await keyboard.press('Control+Home') // nothing is deleted: a large deletion would be told above the text
  await keyboard.type('Соглашение о поставке кормов на сумму 1 840 000 тенге, со сроком до 30.04.2026 и с оплатой частями.')
  for (const words of ['Второй', '', 'Третий']) {
    await keyboard.press('Enter')
    await keyboard.type(words)
  }
  await saved(pavel)
  for (const viewport of [PHONE, { width: 1280, height: 800 }]) {
    const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport })
    const text = await readDraft(aigul)
    await expect(text).toContainText('Третий')
    await saved(aigul) // what stands above the text has its height
    await aigul.page.evaluate(() => document.fonts.ready)
    await expect(aigul.page.getByRole('region', { name: aigul.say('drafting.faults.title') })).toBeVisible() // fetched after the text
    const before = await layoutOf(text)
    const lines = theirs.locator('> [data-line]')
    const caret = aigul.page.locator('.draft-caret')
    for (const go of [
      () => lines.nth(2).click(),
      () => lines.nth(0).click({ position: { x: 200, y: 10 } }),
      () => keyboard.press('End'),
      () => keyboard.press('Control+End'),
      () => keyboard.press('Control+Home'),
    ]) {
      await go()
      await expect(caret).toHaveCount(1)
      expect(await layoutOf(text)).toEqual(before)
      const hidden = await caret.locator('i').evaluate(overlaps)
      expect(hidden, 'words under the letter').toEqual([])
    }
    await expect(aigul.page.locator('.draft-carets')).toHaveAttribute('aria-hidden', 'true')

    // it stays at its word when the text scrolls and gets another width
    await lines.nth(1).click()
    await keyboard.press('End')
    await expect.poll(() => distance(aigul, 'Второй')).toBeLessThanOrEqual(2)
    await aigul.page.setViewportSize({ width: viewport.width - 40, height: viewport.height })
    await keyboard.press('ArrowLeft')
    await keyboard.press('ArrowRight')
    await expect.poll(() => distance(aigul, 'Второй')).toBeLessThanOrEqual(2)
    await aigul.page.locator('.draft-sheet').evaluate((sheet) => sheet.scrollBy(0, 60))
    expect(await distance(aigul, 'Второй')).toBeLessThanOrEqual(2)
    await aigul.page.emulateMedia({ media: 'print' })
    await expect(aigul.page.locator('.draft-carets')).toBeHidden()
    expect(aigul.complaints).toEqual([])
    await aigul.context.close()
  }
  await pavel.context.close()
})

for (const { language, word, pieces } of [
  { language: 'Kazakh', word: 'өтемақы', pieces: ['ө', 'өт', 'өтем', 'өтемақ', 'өтемақы'] },
  { language: 'Russian', word: 'рассрочка', pieces: ['р', 'рас', 'рассроч', 'рассрочка'] },
] as const) {
  test(`[DRA-240] a word that is composed (${language}) arrives whole and once while another writes in the same clause and in others`, async ({
    browser,
  }) => {
    const quick = await quickCase(own.platform, own.staff)
    const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
    const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
    const [mine, theirs] = [await readDraft(aigul), await openDraft(pavel)]
    await theirs.click()
    const { keyboard } = pavel.page
    await keyboard.press('Control+a')
    await keyboard.type('Первый.')
    await keyboard.press('Enter')
    await keyboard.type('Второй.')
    await expect(mine).toContainText('Второй.')
    await aigul.press('drafting.edit')
    await mine.locator('> [data-line]').first().click()
    await aigul.page.keyboard.press('End')
    await aigul.page.keyboard.type(' ')
    await expect.poll(() => theirs.locator('> [data-line]').first().textContent()).toBe('Первый. ')

    const devtools = await aigul.context.newCDPSession(aigul.page)
    await devtools.send('Runtime.enable')
    for (const [index, piece] of pieces.entries()) {
      await composes(devtools, piece)
      await theirs
        .locator('> [data-line]')
        .nth(index % 2)
        .click()
      await keyboard.press('Home')
      await keyboard.type(`${index} `)
    }
    // one's letters are there for others, theirs are not in one's text yet
    await expect(theirs).toContainText(word)
    expect(await linesIn(mine)).toEqual([`Первый. ${word}`, 'Второй.'])
    await devtools.send('Input.insertText', { text: word })
    await aigul.page.keyboard.type('!')
    const marks = (nth: number) =>
      [...pieces.keys()]
        .filter((index) => index % 2 === nth)
        .reverse()
        .map((index) => `${index} `)
        .join('')
    const said = [`${marks(0)}Первый. ${word}!`, `${marks(1)}Второй.`]
    await expect.poll(() => linesIn(mine)).toEqual(said)
    await expect.poll(() => linesIn(theirs)).toEqual(said)
    await saved(aigul)

    // the keyboard keeps its word open and nobody types: what others write comes after a while, and the word is not written twice
    await composes(devtools, pieces[1])
    await keyboard.press('Home')
    await keyboard.type('* ')
    await expect(mine).toContainText('* ')
    await devtools.send('Input.insertText', { text: word })
    await expect.poll(async () => (await linesIn(mine)).join('|').split(word).length).toBe(3)
    await expect.poll(async () => linesIn(theirs)).toEqual(await linesIn(mine))
    expect(aigul.complaints).toEqual([])
    await aigul.context.close()
    await pavel.context.close()
  })
}

async function composes(devtools: CDPSession, text: string): Promise<void> {
  await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
}

async function linesIn(text: Locator): Promise<readonly string[]> {
  return (await text.locator('> [data-line]').allTextContents()).map((line) => line.trimEnd())
}

/** Every block and every word of it, where it stands. */
function layoutOf(text: Locator): Promise<readonly (readonly number[])[]> {
  return text.evaluate((field) => {
    const boxes: number[][] = []
    const add = ({ x, y, width, height }: DOMRect) => void boxes.push([x, y, width, height])
    for (const block of field.children) add(block.getBoundingClientRect())
    const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    while (walker.nextNode()) {
      const { length } = walker.currentNode.textContent ?? ''
      for (let at = 0; at < length; at++) {
        range.setStart(walker.currentNode, at)
        range.setEnd(walker.currentNode, at + 1)
        add(range.getBoundingClientRect())
      }
    }
    const sheet = field.closest('.draft-sheet')
    if (sheet) boxes.push([sheet.scrollTop, sheet.scrollHeight, sheet.scrollWidth])
    return boxes
  })
}

/** Letters of the text that lie under an element. */
function overlaps(element: Element): string[] {
  const box = element.getBoundingClientRect()
  const found: string[] = []
  const field = document.querySelector('.draft-text')
  if (!field) return ['no text']
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode)
    for (const rect of range.getClientRects())
      if (rect.left < box.right && rect.right > box.left && rect.top < box.bottom && rect.bottom > box.top)
        found.push(walker.currentNode.textContent ?? '')
  }
  return found
}

/** How far the caret's line stands from the end of a word, in pixels. */
function distance(person: Someone, word: string): Promise<number> {
  return person.page.evaluate((sought) => {
    const line = document.querySelector('.draft-caret > span')?.getBoundingClientRect()
    const block = [...document.querySelectorAll('.draft-text > [data-line]')].find(({ textContent }) => textContent === sought)
    const range = document.createRange()
    if (block) range.selectNodeContents(block)
    const end = range.getBoundingClientRect()
    return line && block ? Math.max(Math.abs(line.left - end.right), Math.abs(line.top - end.top) - 6) : Number.POSITIVE_INFINITY
  }, word)
}
