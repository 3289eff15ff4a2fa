// The few lines that wake the first screen of an invited person while the program is on its way: the person's language, a field that
// takes digits, a button that remembers. They know nothing of the link but that there is one, and send nothing.
import { chooseLocale } from '#client/i18n/choose-locale.ts'
import { wayOut } from '#client/identity/join/in-app-browser.ts'
import { keptLink } from '#client/identity/join/kept-link.ts'
import { deviceStorage, LOCALE_KEY, THEME_KEY } from '../device-storage.ts'
import { firstJoinParts } from './first-join.ts'

interface Device {
  readonly storage: Pick<Storage, 'getItem'> | undefined
  readonly languages: readonly string[]
  readonly hash: string
  /** What this entry of the tab's history holds: a reload has its link there. */
  readonly entry?: unknown
  readonly userAgent: string
}

const DIGITS = 6
/** Of identity/sessions/remembered-people.ts: whoever was let in here before is let in again, and types no code. */
const PEOPLE_KEY = 'bitim.people'

export function wakeFirstJoin(page: Document, { storage, languages, hash, entry, userAgent }: Device): void {
  const parts = firstJoinParts(page)
  if (!parts) return
  const { screen, field, button } = parts
  const theme = storage?.getItem(THEME_KEY)
  if (theme === 'light' || theme === 'dark') page.documentElement.dataset.theme = theme
  const locale = chooseLocale({ stored: storage?.getItem(LOCALE_KEY) ?? null, device: languages })
  page.documentElement.lang = locale
  fetchEarly(page, screen.dataset[locale] ?? '')
  // inside a messenger the way out comes before the code, which would bind the link to that browser
  if ((hash.length < 2 && keptLink(entry) === undefined) || storage?.getItem(PEOPLE_KEY) || wayOut(userAgent)) {
    screen.remove()
    return
  }
  screen.dataset.spoken = locale
  const [short, coming] = ['.ui-field-error', '[role="status"]'].map((what) => screen.querySelector<HTMLElement>(what))
  const press = () => {
    const isWhole = field.value.length === DIGITS
    if (short) short.hidden = isWhole
    if (!isWhole) {
      field.focus()
      return
    }
    button.ariaBusy = 'true'
    button.dataset.busy = 'true'
    if (coming) coming.hidden = false
  }
  field.addEventListener('input', () => {
    field.value = field.value.replace(/\D/g, '').slice(0, DIGITS)
    if (short) short.hidden = true
  })
  field.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') press()
  })
  button.addEventListener('click', press)
  button.disabled = false
}

/** The program asks for these only when it runs itself; on a slow line each asking is a second. */
function fetchEarly(page: Document, files: string): void {
  for (const href of files.split(' ').filter(Boolean)) {
    const link = page.createElement('link')
    Object.assign(link, { rel: 'modulepreload', href })
    page.head.append(link)
  }
}

if (typeof window !== 'undefined') {
  wakeFirstJoin(document, {
    storage: deviceStorage(),
    languages: navigator.languages,
    hash: window.location.hash,
    entry: window.history.state,
    userAgent: navigator.userAgent,
  })
}
