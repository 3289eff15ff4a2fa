import { bareNumber } from '#shared/identity/phone-number.ts'

/** As people here write it (`8 701 …`, `8(701)…`, `701…`), in the international form that a telephone and the server understand. */
export function tidyPhone(text: string): string {
  const bare = bareNumber(text)
  if (/^8\d{10}$/.test(bare)) return `+7${bare.slice(1)}`
  if (/^7\d{10}$/.test(bare)) return `+${bare}`
  return /^7\d{9}$/.test(bare) ? `+7${bare}` : bare
}

/** `+7 701 123 45 67`, easier to compare with what stands on paper. */
export function shownPhone(phone: string): string {
  return phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 $1 $2 $3 $4')
}
