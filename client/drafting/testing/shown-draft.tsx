// A document on one person's screen: the case as it happened so far, the other end of the text's connection, and what the person asks of
// the server, answered as the test says.
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import type { SmallCase } from '#client/app/testing/small-case.ts'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { partOfCase } from '#client/realtime/testing/part-of-case.ts'
import { createTestClock } from '#client/realtime/testing/test-clock.ts'
import { createUnsentMarks } from '#client/realtime/unsent-marks.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { createStore } from '#client/ui/state/create-store.ts'
import { BREAKPOINTS } from '#client/ui/styles/breakpoints.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { CommandDefinition } from '#shared/protocol/define.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { CASE, Lane } from './lane.ts'

interface ShownDraft {
  readonly world: SmallCase
  readonly person: ParticipantId
  readonly lane?: Lane
  readonly locale?: Locale
  /** Whether the device keeps anything: it is the person's own. */
  readonly keeps?: boolean
  readonly answer?: () => CommandAck
}

const AGREED: CommandAck = { ok: true, value: { at: [] } }

export function renderDraft(
  shown: ReactNode,
  { world, person, lane = new Lane(), locale = 'en', keeps = false, answer = () => AGREED }: ShownDraft,
) {
  const clock = createTestClock()
  const { disk, ...device } = memoryDeviceStorage()
  const snapshot = createStore(world.seenBy(person))
  const asked: { readonly name: string; readonly input: unknown }[] = []
  const client = partOfCase({
    caseId: CASE,
    connection: lane.connection,
    store: { snapshot: snapshot.state, subscribe: snapshot.subscribe },
    storage: keeps ? createCaseStorage(device, { caseId: CASE, participantId: person, page: 'page' }) : undefined,
    unsent: createUnsentMarks(clock),
    timers: clock,
    now: clock.now,
    act: async ({ name }: Pick<CommandDefinition, 'name'>, input: unknown) => {
      asked.push({ name, input })
      return answer()
    },
  })
  const { unmount } = renderWithTexts(<CaseProvider client={client}>{shown}</CaseProvider>, { locale })
  return {
    lane,
    client,
    clock,
    disk,
    unmount,
    asked,
    /** What has happened in the world meanwhile reaches this device. */
    told: () => act(async () => snapshot.set(world.seenBy(person))),
    timePasses: (milliseconds: number) => act(() => clock.wind(milliseconds)),
  }
}

/** A window that is wide enough to write beside the talk, or a phone's. */
export function screenIs(size: 'wide' | 'phone'): void {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query === BREAKPOINTS['two-parts'] && size === 'wide',
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
}

interface Mounted {
  readonly editor: import('@tiptap/core').Editor
}
/** Tiptap leaves its editor at the element that it drew. */
export function editorIn(element: HTMLElement): Mounted['editor'] {
  return (element as unknown as Mounted).editor
}
