// The open case for React: small selections, so that a message in one room draws nothing in another.
import { createContext, type ReactNode, useCallback, useContext, useRef, useSyncExternalStore } from 'react'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Slice, stateIn } from '#shared/log/fold.ts'
import type { QuotaNear } from '#shared/protocol/wire.ts'
import type { CaseClient } from './case-client.ts'
import type { CaseSnapshot, HeldFrom } from './case-store.ts'
import type { ConnectionState } from './connection.ts'
import type { OlderState } from './older-words.ts'
import type { OutboxEntry } from './outbox-entries.ts'
import type { UnsentCounts } from './unsent-marks.ts'

const CaseContext = createContext<CaseClient | undefined>(undefined)

export function CaseProvider({ client, children }: { client: CaseClient; children: ReactNode }) {
  return <CaseContext value={client}>{children}</CaseContext>
}

export function useCaseClient(): CaseClient {
  const client = useContext(CaseContext)
  if (!client) throw new Error('outside of a CaseProvider')
  return client
}

/** `select` must answer the same object for the same knowledge, or something that `equal` finds the same. */
export function useCaseSnapshot<T>(select: (snapshot: CaseSnapshot) => T, equal: (a: T, b: T) => boolean = Object.is): T {
  const { store } = useCaseClient()
  const last = useRef<{ readonly of: CaseSnapshot; readonly by: typeof select; readonly value: T } | undefined>(undefined)
  const read = () => {
    const of = store.snapshot()
    if (last.current?.of === of && last.current.by === select) return last.current.value
    const value = select(of)
    const kept = last.current !== undefined && equal(last.current.value, value) ? last.current.value : value
    last.current = { of, by: select, value: kept }
    return kept
  }
  return useSyncExternalStore(store.subscribe, read, read)
}

export function useMe(): ParticipantId | undefined {
  return useCaseSnapshot(me)
}
const me = (snapshot: CaseSnapshot) => snapshot.me

/** The state of one fold in one audience; undefined where this device knows nothing of it. */
export function useSlice<State>(slice: Slice<State>, audience: Audience): State | undefined {
  const select = useCallback((snapshot: CaseSnapshot) => stateIn(snapshot.audiences, slice, audience), [slice, audience])
  return useCaseSnapshot(select)
}

/** Where the held part of an audience's words begins; undefined where nothing is missing before it. */
export function useHeldFrom(audience: Audience): HeldFrom | undefined {
  const select = useCallback((snapshot: CaseSnapshot) => snapshot.earlier.get(audience), [audience])
  return useCaseSnapshot(select)
}

export function useOlderState(audience: Audience): OlderState {
  const { olderWords } = useCaseClient()
  const read = useCallback(() => olderWords.state(audience), [olderWords, audience])
  return useSyncExternalStore(olderWords.subscribe, read, read)
}

export function useConnectionState(): ConnectionState {
  const { connection } = useCaseClient()
  return useSyncExternalStore(connection.subscribe, connection.state, connection.state)
}

/** Something is unsent beside the outbox. */
export function useUnsentElsewhere(): boolean {
  const { unsent } = useCaseClient()
  return useStore(unsent.any)
}

/** What of it can be counted. */
export function useUnsentCounts(): UnsentCounts {
  const { unsent } = useCaseClient()
  return useStore(unsent.counted)
}

/** Whether this device keeps what is unsent; false where it may not, and while the browser does not. */
export function useDeviceKeeps(): boolean {
  const { storage } = useCaseClient()
  const keeps = () => storage?.works() ?? false
  return useSyncExternalStore(storage?.device.subscribe ?? never, keeps, keeps)
}
const never = () => () => undefined

/** Warned early, this person alone, of the end of what one person may write. */
export function useQuotaNear(): QuotaNear | undefined {
  const { outbox } = useCaseClient()
  return useSyncExternalStore(outbox.subscribe, outbox.near, outbox.near)
}

export function useOutboxEntries(): readonly OutboxEntry[] {
  const { outbox } = useCaseClient()
  return useSyncExternalStore(outbox.subscribe, outbox.entries, outbox.entries)
}
