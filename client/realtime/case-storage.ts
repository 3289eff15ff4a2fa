// The little that a device keeps of a case between two visits: what was written and not yet sent, and where each audience stood.
// Nothing on a mediator's device, nothing where the person said "not my device", nothing where the browser refuses to keep.
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { ALIASES, withNewNames } from '#shared/protocol/aliases.ts'
import type { DeviceStorage } from './device-storage.ts'
import type { Head } from './integrity.ts'
import type { OutboxEntry, OutboxStorage } from './outbox-entries.ts'

export interface CaseStorage {
  /** Where all of it is, for what sends by a lane of its own. */
  readonly device: DeviceStorage
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
  /** Files that were not sent yet. */
  readonly files: FilesStorage
  /** What the person noted for themselves; goes to nobody. */
  notes(): string
  rememberNotes(text: string): void
  /** False while the browser does not keep what it was given. */
  works(): boolean
  wipe(): void
}

/** Whoever sends them knows what is said of each; their contents lie apart, each written once. */
export interface FilesStorage {
  load(): readonly unknown[]
  save(files: readonly unknown[]): void
  content(key: string): string | undefined
  keepContent(key: string, content: string): void
  dropContent(key: string): void
}

interface Whose {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  /** Sets two windows of one person apart: each keeps its own, a new one takes over what those that are gone have left. */
  readonly page: string
}

export const rootOf = ({ caseId, participantId }: Omit<Whose, 'page'>): string => `bitim:${caseId}:${participantId}:`
/** What each page keeps for itself. */
const OF_PAGE = ['outbox', 'words', 'lost-words', 'files'] as const

/** The pages that have left something. */
export function pagesIn(device: DeviceStorage, whose: Omit<Whose, 'page'>): readonly string[] {
  const pages = OF_PAGE.flatMap((name) => device.keys(`${rootOf(whose)}${name}:`).map((key) => key.slice(key.lastIndexOf(':') + 1)))
  return [...new Set(pages)]
}

/** `isOpen`: whether another page is, so that what it keeps stays its own. */
export function createCaseStorage(device: DeviceStorage, whose: Whose, isOpen: (page: string) => boolean = () => false): CaseStorage {
  const root = rootOf(whose)

  function read<T>(key: string, fallback: T): T {
    try {
      const text = device.getItem(key)
      return text === null ? fallback : (JSON.parse(text) as T) // written by this file alone
    } catch {
      return fallback // unreadable leftovers are worth no failure
    }
  }

  /** What an earlier release left on this device is read by the names of today. */
  const inTodaysNames = <T>(kept: T): T => withNewNames(kept, ALIASES.kept) as T // names alone are changed
  const write = (key: string, value: unknown) => device.setItem(key, JSON.stringify(value))

  function ofPage<T extends object>(name: (typeof OF_PAGE)[number], isEmpty: (value: T) => boolean, join: (all: readonly T[]) => T) {
    const own = `${root}${name}:${whose.page}`
    const before = `${root}${name}` // as releases before kept it for all pages together
    const isTaken = (key: string) => key === before || (key.startsWith(`${before}:`) && !isOpen(key.slice(before.length + 1)))
    const save = (value: T) => (isEmpty(value) ? device.removeItem(own) : write(own, value))
    return {
      save,
      load(): T {
        const keys = device.keys(before).filter(isTaken)
        const all = keys.map((key) => inTodaysNames(read<T | undefined>(key, undefined)))
        for (const key of keys) device.removeItem(key)
        const joined = join(all.filter((value) => value !== undefined))
        save(joined)
        return joined
      },
    }
  }

  const outbox = ofPage<readonly OutboxEntry[]>('outbox', isNone, inOrder)
  const words = ofPage<Words>('words', (value) => Object.keys(value).length === 0, together)
  const files = ofPage<readonly unknown[]>('files', isNone, (all) => all.flat())
  const lost = ofPage<readonly string[]>('lost-words', isNone, (all) => [...new Set(all.flat())])
  return {
    device,
    outbox: {
      ...outbox,
      clear() {
        for (const key of device.keys(`${root}outbox:`)) device.removeItem(key)
      },
    },
    heads: () => inTodaysNames(read<readonly Head[]>(`${root}heads`, [])),
    rememberHeads: (heads) => write(`${root}heads`, heads),
    read: () => read<Partial<Record<Audience, number>> | undefined>(`${root}read`, undefined),
    rememberRead: (marks) => write(`${root}read`, marks),
    words: words.load,
    rememberWords: words.save,
    lostWords: lost.load,
    rememberLostWords: lost.save,
    files: {
      ...files,
      content: (key) => device.getItem(`${root}file-content:${key}`) ?? undefined,
      keepContent: (key, content) => device.setItem(`${root}file-content:${key}`, content),
      dropContent: (key) => device.removeItem(`${root}file-content:${key}`),
    },
    notes: () => read(`${root}notes`, ''),
    rememberNotes: (text) => (text === '' ? device.removeItem(`${root}notes`) : write(`${root}notes`, text)),
    works: () => device.keeping() !== 'refused',
    wipe: () => device.clear(root),
  }
}

type Words = Readonly<Partial<Record<Audience, string>>>

const isNone = (list: readonly unknown[]) => list.length === 0

function inOrder(all: readonly (readonly OutboxEntry[])[]): readonly OutboxEntry[] {
  const entries = new Map(all.flat().map((entry) => [entry.id, entry]))
  return [...entries.values()].sort((a, b) => a.pressedAt - b.pressedAt)
}

/** The same words, left by two pages, stand once. */
function together(all: readonly Words[]): Words {
  const found = new Map<string, Set<string>>()
  for (const [audience, text] of all.flatMap((words) => Object.entries(words))) {
    if (text) found.set(audience, (found.get(audience) ?? new Set()).add(text))
  }
  return Object.fromEntries([...found].map(([audience, texts]) => [audience, [...texts].join('\n')]))
}
