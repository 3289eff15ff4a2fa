// Pictures of one state of a page in every size and colour scheme, taken where the page stands: nothing is loaded anew between them.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Someone } from '../people.ts'

const SIZES = {
  phone: { width: 360, height: 740 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1280, height: 800 },
} as const

type Size = keyof typeof SIZES
type Scheme = 'light' | 'dark'

interface ShotOptions {
  readonly sizes?: readonly Size[]
  /** The page to its end, not only what fits the screen. */
  readonly whole?: boolean
}

export interface Camera {
  shot(someone: Someone, name: string, options?: ShotOptions): Promise<void>
}

const EVERY_SIZE: readonly Size[] = ['phone', 'desktop']

export function createCamera(folder: string, schemes: readonly Scheme[] = ['light', 'dark']): Camera {
  mkdirSync(folder, { recursive: true })
  return {
    async shot({ page }, name, { sizes = EVERY_SIZE, whole = false } = {}) {
      const before = page.viewportSize()
      await page.mouse.move(0, 0)
      for (const size of sizes) {
        await page.setViewportSize(SIZES[size])
        for (const scheme of schemes) {
          await page.emulateMedia({ colorScheme: scheme })
          await page.evaluate(settled)
          await page.screenshot({ path: join(folder, `${name}.${size}.${scheme}.png`), fullPage: whole, animations: 'disabled' })
        }
      }
      await page.emulateMedia({ colorScheme: 'light' })
      if (before) await page.setViewportSize(before)
    },
  }
}

/** Fonts are there, and what follows from a new size has been drawn. */
async function settled() {
  await document.fonts.ready
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  await frame()
  await frame()
}
