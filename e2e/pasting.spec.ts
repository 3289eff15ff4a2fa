// Words that come from outside the text, by the browser's own clipboard and by dropping.
import { expect, type Locator, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import type { Someone } from './people.ts'
import { comeIn, quickCase } from './quick-case.ts'
import { openDraft, saved } from './room.ts'
import { like } from './words.ts'

const own = ownPlatform()

interface Copied {
  readonly text?: string
  readonly html?: string
}

test('[DRA-206] pasted by the browser: two pastes and typing in order, a selection and all of the text replaced, a lone date in the sentence', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru' })
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  await aigul.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const text = await openDraft(aigul)
  const { keyboard } = aigul.page
  await text.click()

  await keyboard.press('Control+a')
  await keyboard.type('Вступление.')
  await paste(aigul, { text: '1. Один\n2. Два' })
  await paste(aigul, { text: '3. Три\n4. Четыре' })
  await keyboard.type(' Конец.')
  await expect.poll(() => linesIn(text)).toEqual(['Вступление.', '1. Один', '2. Два', '3. Три', '4. Четыре Конец.'])

  await keyboard.press('Control+a')
  await paste(aigul, { html: '<p>Платит <del>500</del><ins>700</ins>\u00ad ₸ до .</p><p>Срок 2.5\u200b дня.</p>' })
  await expect.poll(() => linesIn(text)).toEqual(['Платит 700 ₸ до .', 'Срок 2.5 дня.'])
  await keyboard.press('Control+z')
  await expect.poll(() => linesIn(text)).toEqual(['Вступление.', '1. Один', '2. Два', '3. Три', '4. Четыре Конец.'])
  await keyboard.press('Control+y')

  await keyboard.press('Control+Home')
  await keyboard.press('End')
  await keyboard.press('ArrowLeft')
  await paste(aigul, { text: '30.04.2026' })
  await keyboard.type(' включительно')
  await keyboard.press('Control+End')
  await keyboard.press('Shift+Home')
  await paste(aigul, { text: 'Раз.\nДва.' })
  await keyboard.type('!')
  const said = ['Платит 700 ₸ до 30.04.2026 включительно.', 'Раз.', 'Два.!']
  await expect.poll(() => linesIn(text)).toEqual(said)
  await saved(aigul)
  await expect.poll(async () => linesIn(await openDraft(pavel))).toEqual(said)
  expect(aigul.complaints).toEqual([])
  await aigul.context.close()
  await pavel.context.close()
})

test('[DRA-208] dropped from another program the words are cleaned as pasted ones and stand where they were dropped; typed ones too', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru' })
  const text = await openDraft(aigul)
  await text.click()
  await aigul.page.keyboard.press('Control+a')
  await aigul.page.keyboard.type('Срок:')
  await drop(text, { html: '<table><tr><td>30.04.2026\u200b</td><td>175.500,00\u00a0₸</td></tr></table><s>нет</s>', text: 'другое' })
  await aigul.page.keyboard.insertText('\u00a0и\u00adвсё')
  await expect.poll(() => linesIn(text)).toEqual(['Срок:30.04.2026; 175.500,00 ₸ ивсё'])

  await aigul.page.keyboard.type(', жəне')
  const offer = aigul.page.getByRole('region', { name: aigul.say('drafting.letters.title') })
  await offer.getByRole('button', { name: like('ru', 'drafting.letters.exchange') }).click()
  await aigul.page.keyboard.type('.')
  await expect.poll(() => linesIn(text)).toEqual(['Срок:30.04.2026; 175.500,00 ₸ ивсё, және.'])
  await saved(aigul)
  await aigul.context.close()
})

/** Through the system's clipboard, by the keyboard. */
async function paste({ page }: Someone, copied: Copied): Promise<void> {
  await page.evaluate(async ({ text = '', html }) => {
    const items = {
      'text/plain': new Blob([text], { type: 'text/plain' }),
      ...(html && { 'text/html': new Blob([html], { type: 'text/html' }) }),
    }
    await navigator.clipboard.write([new ClipboardItem(items)])
  }, copied)
  await page.keyboard.press('Control+v')
}

/** As the browser tells of it: what is dragged from other programs cannot be dragged in a test. */
async function drop(text: Locator, copied: Copied): Promise<void> {
  await text.evaluate((field, { text: plain = '', html = '' }) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.setData('text/html', html)
    dataTransfer.setData('text/plain', plain)
    const range = document.createRange()
    range.selectNodeContents(field.firstElementChild ?? field)
    const { right, top, bottom } = range.getBoundingClientRect()
    const place = { clientX: right - 1, clientY: (top + bottom) / 2, bubbles: true, cancelable: true, dataTransfer }
    field.dispatchEvent(new DragEvent('drop', place))
  }, copied)
}

/** As they are read, with their numbers. */
function linesIn(text: Locator): Promise<string[]> {
  return text
    .locator('> [data-line]')
    .evaluateAll((lines) => lines.map((line) => `${line.getAttribute('data-number') ?? ''} ${line.textContent ?? ''}`.trim()))
}
