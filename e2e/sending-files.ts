// A file as people send it: the button, the device's own chooser, the sheet.
import { expect, type Locator } from '@playwright/test'
import type { Someone } from './people.ts'
import type { SampleFile } from './sample-files.ts'

/** What the device's own chooser gives after the button was pressed. */
export async function choose(person: Someone, files: readonly SampleFile[]): Promise<Locator> {
  const chooser = person.page.waitForEvent('filechooser')
  await person.press('files.attach')
  await (await chooser).setFiles([...files])
  await expect(person.dialog()).toBeVisible()
  return person.dialog()
}

/** The sheet's own button has the room's words on it. */
export async function sendAll(person: Someone): Promise<void> {
  const send = person.dialog().locator('footer button').last()
  await expect(send).toBeEnabled({ timeout: 60_000 })
  await send.click()
  await expect(person.dialog()).toHaveCount(0)
}
