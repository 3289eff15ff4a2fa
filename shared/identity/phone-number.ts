// Reading a telephone number out of how it was written: for its field, and for rooms that only offer to call it.
import { cleanText } from '#shared/kernel/text/clean-text.ts'

/** As people and their lists of contacts write it: `+7 (701) 123-45-67`, direction marks and long dashes among it. */
export function bareNumber(text: string): string {
  return cleanText('name', text).replace(/[\s().\-\u2010-\u2015\u2212]/g, '')
}
