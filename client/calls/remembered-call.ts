// A page that is loaded again is in no call: it says that its person was in one, and how much of their data it had used. Kept with the tab,
// and ends with it.
import { type Audience, isAudience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { DataUse } from './media/data-meter.ts'

const CALL_KEY = 'bitim.call'
const DATA_KEY = 'bitim.call-data'

/** A browser that blocks storage throws at the mere mention of it; then a page that is loaded again knows nothing. */
function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}

export function rememberedCall(caseId: CaseId): Audience | undefined {
  const [of, audience = ''] = (tabStorage()?.getItem(CALL_KEY) ?? '').split(' ')
  return of === caseId && isAudience(audience) ? audience : undefined
}

export function rememberCall(caseId: CaseId, audience: Audience): void {
  tabStorage()?.setItem(CALL_KEY, `${caseId} ${audience}`)
}

export function forgetCall(): void {
  tabStorage()?.removeItem(CALL_KEY)
}

export function rememberedData(): DataUse {
  const [bytes = '', allowed = ''] = (tabStorage()?.getItem(DATA_KEY) ?? '').split(' ')
  return { bytes: Number(bytes) || 0, allowed: Number(allowed) || undefined }
}

export function rememberData({ bytes, allowed }: DataUse): void {
  tabStorage()?.setItem(DATA_KEY, `${bytes} ${allowed ?? ''}`)
}
