// What this browser keeps of a person's case: loaded before the room opens, or taken away.
import { deviceStorage } from '#client/app/preferences.ts'
import { type CaseStorage, createCaseStorage, pagesIn, rootOf } from '#client/realtime/case-storage.ts'
import { databaseDisk } from '#client/realtime/database-disk.ts'
import { forgetOnDevice, openDeviceStorage } from '#client/realtime/open-device-storage.ts'
import { openAmong } from '#client/realtime/open-pages.ts'
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
  const openPages = await openAmong(navigator.locks, timers, pagesIn(device, whose))
  return createCaseStorage(device, whose, (page) => openPages.has(page))
}

/** Somebody says that the device is not theirs, who was here as on their own before. */
export const forgetCase = (whose: PersonOfCase): Promise<void> => forgetOnDevice(places(), rootOf(whose))
