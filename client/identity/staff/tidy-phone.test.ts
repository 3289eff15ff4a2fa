import { expect, it } from 'vitest'
import { shownPhone, tidyPhone } from './tidy-phone.ts'

it('[JOI-23] a telephone number as people here write it becomes the international form; others stay as they are', () => {
  for (const written of ['8 701 123 45 67', '8(701)123-45-67', '+7 701 123 45 67', '7 701 123 45 67', '701 123 45 67', '87011234567']) {
    expect(tidyPhone(written)).toBe('+77011234567')
  }
  expect(tidyPhone('+998 90 123 45 67')).toBe('+998901234567')
  expect(tidyPhone('')).toBe('')
  expect(shownPhone('+77011234567')).toBe('+7 701 123 45 67')
  expect(shownPhone('+998901234567')).toBe('+998901234567')
})

it('[CHR-13] a number copied from contacts brings marks, wide spaces and long dashes, and loses them', () => {
  for (const copied of ['\u202a+7\u00a0701\u00a0123\u201145\u201167\u202c', '\u200e8 (701) 123–45–67', '+7\u2009701\u2212123.45.67\u200b'])
    expect(tidyPhone(copied)).toBe('+77011234567')
})
