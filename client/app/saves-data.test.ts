import { expect, it } from 'vitest'
import { savesData } from './saves-data.ts'

it.each([
  [{ connection: { saveData: true } }, true],
  [{ connection: { saveData: false } }, false],
  [{ connection: {} }, false],
  [{}, false],
])('[JOI-53] whoever saves data has told the browser: %j', (device, saves) => {
  expect(savesData(device)).toBe(saves)
})
