// The little that a device keeps of a case between two visits: what was written and not yet sent, and where each audience stood.
// Nothing on a mediator's device, nothing where the person said "not my device", nothing where the browser refuses to keep.
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { ALIASES, withNewNames } from '#shared/protocol/aliases.ts'
import type { Head } from './integrity.ts'
import type { OutboxEntry, OutboxStorage } from './outbox-entries.ts'

/** What of the browser's Storage is needed. */
export type DeviceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export interface CaseStorage {
  readonly outbox: OutboxStorage
  heads(): readonly Head[]
  rememberHeads(heads: readonly Head[]): void
  /** Up to which number each audience has been before the person's eyes; undefined until that was first noted. */
  read(): Readonly<Partial<Record<Audience, number>>> | undefined
  rememberRead(read: Readonly<Partial<Record<Audience, number>>>): void
  /** Unsent words, each with its room. */
  words(): Readonly<Partial<Record<Audience, string>>>
  rememberWords(words: Readonly<Partial<Record<Audience, string>>>): void
  /** Words that could not be saved where they were written; here until their person has put them aside. */
  lostWords(): readonly string[]
  rememberLostWords(words: readonly string[]): void
  /** False once the browser has refused to keep something. */
  works(): boolean
  wipe(): void
}

/** `page` sets two windows of one person apart: each keeps its own entries, a new one takes over what the old ones left. */
export function createCaseStorage(
  deviceStorage: DeviceStorage,
  whose: { caseId: CaseId; participantId: ParticipantId; page: string },
): CaseStorage {
  const root = `bitim:${whose.caseId}:${whose.participantId}:`
  const box = `${root}outbox:`
  let working = true

  function keys(prefix: string): string[] {
    const found: string[] = []
    for (let i = 0; i < deviceStorage.length; i++) {
      const key = deviceStorage.key(i)
      if (key?.startsWith(prefix)) found.push(key)
    }
    return found
  }

  function read<T>(key: string, fallback: T): T {
    try {
      const text = deviceStorage.getItem(key)
      return text === null ? fallback : (JSON.parse(text) as T) // written by this file alone
    } catch {
      return fallback // unreadable leftovers are worth no failure
    }
  }

  /** What an earlier release left on this device is read by the names of today. */
  const inTodaysNames = <T>(kept: T): T => withNewNames(kept, ALIASES.kept) as T // names alone are changed

  function write(key: string, value: unknown) {
    try {
      deviceStorage.setItem(key, JSON.stringify(value))
    } catch {
      working = false // full or forbidden: the screen says so
    }
  }

  return {
    outbox: {
      load() {
        const found = new Map<string, OutboxEntry>()
        for (const key of keys(box)) {
          for (const entry of inTodaysNames(read<readonly OutboxEntry[]>(key, []))) found.set(entry.id, entry)
          deviceStorage.removeItem(key)
        }
        const entries = [...found.values()].sort((a, b) => a.pressedAt - b.pressedAt)
        if (entries.length > 0) write(box + whose.page, entries)
        return entries
      },
      save(entries) {
        if (entries.length > 0) write(box + whose.page, entries)
        else deviceStorage.removeItem(box + whose.page)
      },
      clear() {
        for (const key of keys(box)) deviceStorage.removeItem(key)
      },
    },
    heads: () => inTodaysNames(read<readonly Head[]>(`${root}heads`, [])),
    rememberHeads: (heads) => write(`${root}heads`, heads),
    read: () => read<Partial<Record<Audience, number>> | undefined>(`${root}read`, undefined),
    rememberRead: (marks) => write(`${root}read`, marks),
    words: () => read<Partial<Record<Audience, string>>>(`${root}words`, {}),
    rememberWords: (words) => write(`${root}words`, words),
    lostWords: () => read<readonly string[]>(`${root}lost-words`, []),
    rememberLostWords(words) {
      if (words.length > 0) write(`${root}lost-words`, words)
      else deviceStorage.removeItem(`${root}lost-words`)
    },
    works: () => working,
    wipe() {
      for (const key of keys(root)) deviceStorage.removeItem(key)
    },
  }
}
