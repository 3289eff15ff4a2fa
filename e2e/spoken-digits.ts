// A code in large digits, as it is read out: one digit after the other.
import { expect, type Locator } from '@playwright/test'

export async function digitsIn(figure: Locator): Promise<string> {
  const digits = figure.getByRole('img', { name: /^\d( \d)+$/ })
  await expect(digits).toBeVisible()
  return ((await digits.getAttribute('aria-label')) ?? '').replaceAll(' ', '')
}
