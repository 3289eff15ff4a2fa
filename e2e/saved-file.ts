// What a button puts on the device.
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import type { Someone } from './people.ts'

export async function savedFile(person: Someone, button: string, within: Page | Locator = person.page): Promise<Buffer> {
  const [file] = await Promise.all([person.page.waitForEvent('download'), person.press(button, within)])
  return readFileSync(await file.path())
}
