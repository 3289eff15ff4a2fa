// The roles of a mediation, each a person at their own browser: they do what people do, through what is on the screen.
import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test'
import type { Locale } from '#shared/kernel/locale.ts'
import { like, say } from './words.ts'

export const DESKTOP = { width: 1280, height: 800 }
export const PHONE = { width: 360, height: 740 }
/** From this width on talk and draft stand beside each other (`two-parts` of the page's breakpoints). */
const ONE_PART = 800
/** Up to this width it is a phone's (`phone` of the page's breakpoints). */
const ONE_QUESTION = 640

export interface PersonOptions {
  readonly locale: Locale
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly dark?: boolean
  /** Device pixels per CSS pixel. */
  readonly scale?: number
  /** A telephone: touched by a finger, not pointed at by a mouse. */
  readonly finger?: boolean
  readonly userAgent?: string
}

export class Someone {
  readonly page: Page
  readonly context: BrowserContext
  readonly locale: Locale
  /** What the browser complained of: errors of the page and refused scripts, never expected. */
  readonly complaints: string[] = []

  constructor(context: BrowserContext, page: Page, locale: Locale) {
    this.context = context
    this.page = page
    this.locale = locale
    page.on('pageerror', (error) => this.complaints.push(`${error.name}: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Uncaught|React/.test(message.text())) this.complaints.push(message.text())
    })
  }

  say(id: string, values: Readonly<Record<string, string>> = {}): string {
    return say(this.locale, id, values)
  }

  button(id: string, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name: this.say(id), exact: true })
  }

  async press(id: string, within: Page | Locator = this.page): Promise<void> {
    await this.button(id, within).click()
  }

  field(id: string, within: Page | Locator = this.page): Locator {
    const label = this.say(id).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    return within.getByLabel(new RegExp(`^\\s*${label}(\\s+${this.say('ui.optional').replaceAll(/[()]/g, '\\$&')})?\\s*$`))
  }

  async sees(id: string, within: Page | Locator = this.page): Promise<void> {
    await expect(within.getByText(like(this.locale, id)).first()).toBeVisible()
  }

  /** Once, and no more than once: what stands twice is a fault, or two things that want two names. */
  async reads(id: string, within: Page | Locator = this.page): Promise<void> {
    await expect(within.getByText(like(this.locale, id))).toBeVisible()
  }

  /** What is seen nowhere. */
  async readsNothingOf(id: string, within: Page | Locator = this.page): Promise<void> {
    await expect(within.getByText(like(this.locale, id))).toHaveCount(0)
  }

  dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  /** Everybody knows what they hold in their hands: there the parts of the room stand one at a time. */
  get onPhone(): boolean {
    return (this.page.viewportSize()?.width ?? DESKTOP.width) < ONE_PART
  }

  get asksOneByOne(): boolean {
    return (this.page.viewportSize()?.width ?? DESKTOP.width) <= ONE_QUESTION
  }
}

export async function arrive(browser: Browser, options: PersonOptions): Promise<Someone> {
  const { locale, viewport = DESKTOP, dark = false, scale = 1, finger = false, userAgent } = options
  const context = await browser.newContext({
    ...(userAgent === undefined ? {} : { userAgent }),
    isMobile: finger,
    hasTouch: finger,
    locale: { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' }[locale],
    viewport,
    deviceScaleFactor: scale,
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'Asia/Almaty',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  return new Someone(context, page, locale)
}
