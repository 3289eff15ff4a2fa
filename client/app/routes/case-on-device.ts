// What this browser keeps of a person's case: loaded before the room opens, or taken away.
import { deviceStorage } from '#client/app/device-storage.ts'
import { type CaseStorage, createCaseStorage, pagesIn, rootOf } from '#client/realtime/case-storage.ts'
import { databaseDisk } from '#client/realtime/database-disk.ts'
import { openDeviceStorage } from '#client/realtime/open-device-storage.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

interface PersonOfCase {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
}

const places = () => ({ disk: databaseDisk(() => window.indexedDB), old: deviceStorage() })

export async function openCaseStorage(whose: PersonOfCase & { readonly page: string }, timers: Timers): Promise<CaseStorage | undefined> {
  const device = await openDeviceStorage({ ...places(), timers }, rootOf(whose))
  if (!device) return undefined
  const pages = pagesIn(device, whose)
  const open = pages.length > 0 ? await openOf(pages, timers) : new Set<string>()
  return createCaseStorage(device, whose, (page) => open.has(page))
}

/** Where it cannot be fetched they count as gone: what they left goes twice rather than not at all. */
function openOf(pages: readonly string[], timers: Timers): Promise<ReadonlySet<string>> {
  return import('#client/realtime/open-pages.ts').then(
    ({ openAmong }) => openAmong(navigator.locks, timers, pages),
    () => new Set<string>(),
  )
}

/** Somebody says that the device is not theirs, who was here as on their own before. */
export async function forgetCase(whose: PersonOfCase): Promise<void> {
  const { forgetOnDevice } = await import('#client/realtime/earlier-release.ts')
  await forgetOnDevice({ ...places(), databases: () => window.indexedDB }, rootOf(whose))
}
