// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { firstJoinOf, firstJoinParts } from '../client/app/first-join/first-join.ts'
import { wakeFirstJoin } from '../client/app/first-join/first-words.ts'
import { LOCALES } from '../shared/kernel/locale.ts'
import { firstJoinPage } from './first-join.ts'
import { readTextFolders } from './texts.ts'

const root = join(import.meta.dirname, '..')
const folders = readTextFolders(root)
const words = (locale: (typeof LOCALES)[number], id: string) => {
  const message = folders.map(({ messages }) => messages[locale][id]).find((each) => each !== undefined)
  if (message === undefined) throw new Error(id)
  return message
}
const FILES = {
  styles: ['assets/base-1.css'],
  script: 'assets/first-join-1.js',
  code: ['assets/base-1.js'],
  texts: { kk: ['assets/join-kk-1.js'], ru: ['assets/join-ru-1.js'], en: ['assets/join-en-1.js'] },
}
const BUILT = readFileSync(join(root, 'client/index.html'), 'utf8')
  .replace('    <script type="module" src="/main.tsx"></script>\n', '')
  .replace(
    '  </head>',
    '    <script type="module" crossorigin src="/assets/index-1.js"></script>\n    <link rel="stylesheet" href="/assets/index-1.css">\n  </head>',
  )
const PAGE = firstJoinPage(BUILT, words, FILES)

const stored = (kept: Readonly<Record<string, string>> = {}) => ({ getItem: (key: string) => kept[key] ?? null })
const device = { storage: stored(), languages: ['kk-KZ', 'ru'], hash: '#secret', userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/130.0' }

function parts() {
  const found = firstJoinParts(document)
  if (!found) throw new Error('the first screen is not there')
  return found
}

function type(text: string): void {
  const { field } = parts()
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

beforeEach(() => {
  document.documentElement.innerHTML = new DOMParser().parseFromString(PAGE, 'text/html').documentElement.innerHTML
})

describe('the page that an invited person opens', () => {
  it('[JOI-50] brings words in three languages and the field; nothing in it runs, styles or sends by itself', () => {
    for (const locale of LOCALES)
      for (const id of ['identity.join.invited', 'identity.join.lead', 'identity.join.code', 'ui.next', 'identity.join.promise'])
        expect(PAGE).toContain(`<span lang="${locale}">${words(locale, id)}</span>`)
    const { field, button } = parts()
    expect(field.disabled).toBe(false)
    expect(field.name).toBe('')
    expect(button.disabled).toBe(true) // before its lines are there a press would be lost
    expect(document.querySelectorAll('form, style, [style], script:not([src])')).toHaveLength(0)
  })

  it('[JOI-50] asks for its styles first, then for its lines, then for the program, which every page begins with', () => {
    const order = ['/assets/base-1.css', 'id="first-join"', '/assets/first-join-1.js', '/assets/index-1.js', '/assets/base-1.js']
    const places = order.map((each) => PAGE.indexOf(each))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  it('[JOI-51] speaks one language as soon as its lines are there, and fetches the texts of that one', () => {
    wakeFirstJoin(document, device)
    expect(document.documentElement.lang).toBe('kk')
    expect(parts().screen.dataset.spoken).toBe('kk')
    const fetched = [...document.querySelectorAll<HTMLLinkElement>('head link[rel="modulepreload"]')].map((link) =>
      link.getAttribute('href'),
    )
    expect(fetched).toEqual(['/assets/join-kk-1.js'])
    wakeFirstJoin(document, { ...device, storage: stored({ 'bitim.locale': 'en', 'bitim.theme': 'dark' }) })
    expect([parts().screen.dataset.spoken, document.documentElement.dataset.theme]).toEqual(['en', 'dark'])
  })

  it.each([
    ['482017', '482017'],
    ['Код: 482 017', '482017'],
    ['4820171', '482017'],
    ['48a', '48'],
  ])('[JOI-51] the field keeps the digits of "%s"', (text, digits) => {
    wakeFirstJoin(document, device)
    type(text)
    expect(parts().field.value).toBe(digits)
  })

  it('[JOI-51] a press with too few digits is said; with six it is remembered, and said too', () => {
    wakeFirstJoin(document, device)
    const short = document.querySelector<HTMLElement>('.ui-field-error')
    const coming = document.querySelector<HTMLElement>('#first-join [role="status"]')
    type('48')
    parts().button.click()
    expect([short?.hidden, coming?.hidden, parts().button.ariaBusy]).toEqual([false, true, null])
    type('482017')
    parts().field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
    expect([short?.hidden, coming?.hidden, parts().button.ariaBusy]).toEqual([true, false, 'true'])
  })

  it.each([
    ['a device that was let in before', { ...device, storage: stored({ 'bitim.people': '[]' }) }],
    ['an address without a link', { ...device, hash: '' }],
    ['a browser inside a messenger', { ...device, userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Telegram-Android/10.6' }],
  ])('[JOI-51] %s shows no field', (_what, other) => {
    wakeFirstJoin(document, other)
    expect(document.getElementById('first-join')).toBeNull()
  })

  it('[JOI-52] what was begun is handed over once, with the focus, and the screen goes', () => {
    wakeFirstJoin(document, device)
    type('4820')
    parts().notMine.checked = true
    parts().field.focus()
    const first = firstJoinOf(document)
    first.end()
    expect(document.getElementById('first-join')).toBeNull()
    expect(first.take()).toEqual({ code: '4820', notMine: true, isSent: false, isFocused: true })
    expect(first.take()).toBeUndefined()
  })

  it('[JOI-52] a code that was sent off is told once, while the screen stays', () => {
    wakeFirstJoin(document, device)
    const first = firstJoinOf(document)
    type('482017')
    expect(first.sent()).toBeUndefined()
    parts().button.click()
    expect(first.sent()).toEqual({ code: '482017', notMine: false })
    expect(first.sent()).toBeUndefined()
    expect(first.take()).toMatchObject({ code: '482017', isSent: false })
  })

  it('[JOI-50] carries the very sign that the program draws', () => {
    const drawn = readFileSync(join(root, 'client/ui/base/Logo.tsx'), 'utf8')
    const shapes = [...document.querySelectorAll('#first-join .ui-logo path')].map((path) => path.getAttribute('d') ?? '')
    expect(shapes).toHaveLength(3)
    for (const shape of shapes) expect(drawn).toContain(shape)
  })

  it('[JOI-50] looks as the program draws it: every class is one of the kit or of this screen', () => {
    const styles = ['client/ui', 'client/identity/join'].flatMap((folder) => sheetsIn(join(root, folder))).join('')
    for (const element of document.querySelectorAll('#first-join [class]'))
      for (const name of element.classList) expect(styles).toContain(`.${name}`)
  })
})

function sheetsIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true }).map(String)
  return names.filter((name) => name.endsWith('.css')).map((name) => readFileSync(join(folder, name), 'utf8'))
}
