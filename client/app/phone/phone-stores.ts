import { deviceStorage } from '#client/app/device-storage.ts'
import type { PhoneStores } from '#client/identity/phone/people-on-phone.ts'

/** A browser that blocks storage throws at the mere mention of it. */
function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}

export function phoneStores(): PhoneStores {
  return { lasting: deviceStorage(), tab: tabStorage() }
}
