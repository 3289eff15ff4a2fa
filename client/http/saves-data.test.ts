import { expect, it } from 'vitest'
import { isWeakLine, savesData } from './saves-data.ts'

it.each([
  [{ connection: { saveData: true } }, true],
  [{ connection: { saveData: false } }, false],
  [{ connection: {} }, false],
  [{}, false],
])('[JOI-53] whoever saves data has told the browser: %j', (device, saves) => {
  expect(savesData(device)).toBe(saves)
})

it.each([
  [{ connection: { saveData: true, effectiveType: '4g' } }, true],
  [{ connection: { effectiveType: '2g' } }, true],
  [{ connection: { effectiveType: 'slow-2g' } }, true],
  [{ connection: { effectiveType: '3g' } }, false],
  [{}, false],
])('[FIL-70] on %j pictures come when they are asked for: %s', (device, isWeak) => {
  expect(isWeakLine(device)).toBe(isWeak)
})
