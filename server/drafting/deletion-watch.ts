// Sees when one person takes much out of the text, and says so a few seconds later. Nothing is refused or delayed for it. A cheap count of
// what is deleted, in the last minute together, decides whether the draft worker measures what is lost: a text that was cut out and pasted
// elsewhere, divided or joined is not. While nobody deletes, nothing is kept and nothing is counted.
import { WorkerFailure } from '#server/workers/task.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { DeletionToMeasure } from './deletion-tasks.ts'
import type { PlainSnapshot } from './draft-entries.ts'
import type { FreshDeletion } from './draft-head.ts'
import type { LaneEntry } from './draft-lane.ts'
import type { DraftText } from './draft-tasks.ts'
import { RecentTyping } from './recent-typing.ts'
import type { WrittenBehind } from './saved-states.ts'
import type { SavedText } from './state-keeper.ts'

interface SeenDeletion {
  readonly participantId: ParticipantId
  /** Number of the first deleting entry: tells this deletion from others. */
  readonly first: number
  /** As the text stood right before it. */
  readonly before: SavedText
  readonly behind: readonly WrittenBehind[]
  readonly lines: number
}

interface WatchDeps {
  readonly clock: Clock
  readonly timers: Timers
  /** The text right before this entry, which has just been stored; undefined when it is nowhere any more. */
  readonly textBefore: (revision: number) => Promise<SavedText | undefined>
  readonly measure: (deletion: Omit<DeletionToMeasure, 'language'>) => Promise<number>
  /** Safe to do again. */
  readonly report: (deletion: SeenDeletion) => Promise<void>
  readonly onTrouble: (error: unknown) => void
  /** As the watch before this one knew it. */
  readonly typing?: RecentTyping
}

/** Deletions of one person within this time count together. */
const WINDOW_MS = 60_000
/** Three lines, at eighty letters. */
const MANY_LETTERS = 240
const LETTERS_OF_LINE = 80
/** For whoever cuts something out to paste it elsewhere. */
const MEASURE_AFTER_MS = 4_000
const REPORT_AGAIN_MS = 10_000
const MOST_LINES = 100_000
/** Nobody knows without opening the text what stands in a block: enough to have it measured. */
const LETTERS_OF_BLOCK = 1_000

interface Deletion {
  readonly revision: number
  readonly at: number
  readonly count: number
}

interface Deleting {
  /** Oldest first. */
  deletions: Deletion[]
  /** To be measured: until then nothing of it is too old. */
  isDue: boolean
  reportedAt: number
}

/** The text before the oldest deletion that counts, and what was written since. */
interface Recording {
  text: Promise<SavedText | undefined>
  entries: LaneEntry[]
  /** A later text, to begin with when everything before it counts no more. */
  later: PlainSnapshot | undefined
}

export class DeletionWatch {
  readonly #deps: WatchDeps
  readonly typing: RecentTyping
  readonly #people = new Map<ParticipantId, Deleting>()
  readonly #timers = new Set<() => void>()
  #recording: Recording | undefined

  constructor(deps: WatchDeps) {
    this.#deps = deps
    this.typing = deps.typing ?? new RecentTyping({ counted: WINDOW_MS, rest: REPORT_AGAIN_MS })
  }

  /** The text that is to be looked at is at hand: a compaction may take it from the store. */
  async holdsText(): Promise<void> {
    await this.#recording?.text
  }

  /** What has been seen is still to be told. */
  get isWaiting(): boolean {
    return [...this.#people.values()].some(({ isDue }) => isDue)
  }

  saw(entries: readonly LaneEntry[]): void {
    const now = this.#deps.clock.now()
    for (const entry of entries) {
      if (entry.kind !== 'update') continue
      const { by, client, deleted, typedFrom, revision } = entry
      if (by !== 'system' && client > 0) this.typing.wrote(by, client, typedFrom, now)
      const deletes = by !== 'system' && deleted.length > 0
      const count = deletes ? this.#lettersOfOthers(by, deleted, now) : 0
      if (count > 0 && !this.#recording) this.#begin(entry)
      this.#recording?.entries.push(entry)
      if (!deletes) continue
      // Their own words of a moment ago are no loss, but they may have been the copy of what they, or others, took away before.
      if (count > 0 || this.#people.has(by)) this.#deleted(by, { revision, at: now, count })
      if (count === 0) this.#measureOthersSoon(by, now)
    }
    if (this.#recording) this.#forget(now)
  }

  /** A smaller text: what was recorded need not go back further for long. */
  compacted(snapshot: PlainSnapshot): void {
    const recording = this.#recording
    if (recording && !recording.later) recording.later = snapshot
  }

  /** Measures and tells at once what is still to be told. */
  async tellNow(): Promise<void> {
    await Promise.all([...this.#people].map(([by, person]) => (person.isDue ? this.#look(by, person) : undefined)))
  }

  /** The document is another one. */
  reset(): void {
    this.#recording = undefined
    this.#people.clear()
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
  }

  /** About how many, without what this person has typed a moment ago. */
  #lettersOfOthers(by: ParticipantId, deleted: readonly FreshDeletion[], now: number): number {
    const own = new Map(this.typing.of(by, now))
    let count = 0
    for (const { client, from, to, hasNode } of deleted) {
      if (hasNode) count += to - from + LETTERS_OF_BLOCK
      else count += Math.max(0, Math.min(to, own.get(client) ?? to) - from)
    }
    return count
  }

  #begin({ revision }: LaneEntry): void {
    const { textBefore, onTrouble } = this.#deps
    const text = textBefore(revision).catch((error: unknown) => void onTrouble(error) as undefined)
    this.#recording = { text, entries: [], later: undefined }
    this.#forgetLater()
  }

  #deleted(by: ParticipantId, deletion: Deletion): void {
    const person = this.#people.get(by) ?? { deletions: [], isDue: false, reportedAt: Number.NEGATIVE_INFINITY }
    this.#people.set(by, person)
    person.deletions.push(deletion)
    if (person.isDue) return
    withoutOld(person, deletion.at)
    if (countOf(person) > MANY_LETTERS) this.#measureSoon(by, person)
  }

  #measureSoon(by: ParticipantId, person: Deleting): void {
    person.isDue = true
    const rests = person.reportedAt + REPORT_AGAIN_MS - this.#deps.clock.now()
    this.#after(Math.max(MEASURE_AFTER_MS, Math.min(rests, REPORT_AGAIN_MS)), () => {
      void this.#look(by, person)
      this.#lookAtOthers(by)
    })
  }

  /** Whose words may have stood in a copy that somebody else has laid there and takes away. */
  #measureOthersSoon(than: ParticipantId, now: number): void {
    for (const [by, person] of this.#people) {
      if (by === than || person.isDue) continue
      withoutOld(person, now)
      if (countOf(person) > MANY_LETTERS) this.#measureSoon(by, person)
    }
  }

  /** What somebody else took away a moment ago may have stood in what goes now. */
  #lookAtOthers(than: ParticipantId): void {
    const now = this.#deps.clock.now()
    for (const [by, person] of this.#people) {
      if (by === than || person.isDue) continue
      withoutOld(person, now)
      if (countOf(person) <= MANY_LETTERS) continue
      if (now - person.reportedAt < REPORT_AGAIN_MS) {
        this.#measureSoon(by, person)
        continue
      }
      person.isDue = true
      void this.#look(by, person)
    }
  }

  async #look(by: ParticipantId, person: Deleting): Promise<void> {
    const { measure, report, onTrouble, clock } = this.#deps
    const [first, last] = [person.deletions[0], this.#recording?.entries.at(-1)]
    const recording = this.#recording
    try {
      const text = recording && (await newestText(recording))
      if (!recording || !text || !first || !last) return this.#end(by, person, { measured: Number.POSITIVE_INFINITY, reported: true })
      const since = cutAt(recording, text, { by, first: first.revision, last: last.revision })
      const now = clock.now()
      const typing = { recent: this.typing.of(by, now), recentOfOthers: this.typing.ofOthers(by, now) }
      const lost = await measure({ ...since, ...typing }).catch((error: unknown) => {
        if (error instanceof WorkerFailure && error.isOwnFault) return countOf(person) // too costly to be measured, and not to be missed for it
        throw error
      })
      if (recording !== this.#recording) return
      if (lost > MANY_LETTERS) {
        const lines = Math.min(Math.ceil(lost / LETTERS_OF_LINE), MOST_LINES)
        await report({ ...since, participantId: by, first: first.revision, lines })
        person.reportedAt = clock.now()
      }
      this.#end(by, person, { measured: last.revision, reported: lost > MANY_LETTERS })
    } catch (error) {
      onTrouble(error)
      if (recording === this.#recording) this.#measureSoon(by, person)
    }
  }

  /** What came while it was measured is looked at in its turn; what was reported counts no more. */
  #end(by: ParticipantId, person: Deleting, { measured, reported }: { measured: number; reported: boolean }): void {
    person.isDue = false
    if (reported) person.deletions = person.deletions.filter(({ revision }) => revision > measured)
    if (person.deletions.some(({ revision }) => revision > measured) && countOf(person) > MANY_LETTERS) this.#measureSoon(by, person)
    this.#forget(this.#deps.clock.now())
  }

  #forget(now: number): void {
    const recording = this.#recording
    if (!recording) return
    let oldest = Number.POSITIVE_INFINITY
    for (const [by, person] of this.#people) {
      if (!person.isDue) withoutOld(person, now)
      oldest = Math.min(oldest, person.deletions[0]?.revision ?? Number.POSITIVE_INFINITY)
      if (person.deletions.length === 0 && now - person.reportedAt > REPORT_AGAIN_MS) this.#people.delete(by)
    }
    if (oldest === Number.POSITIVE_INFINITY) {
      this.#recording = undefined
      return
    }
    const { later } = recording
    if (!later || later.revision >= oldest) return
    recording.text = Promise.resolve({ snapshot: later.update, updates: [], textRevision: later.textRevision })
    recording.entries = recording.entries.filter(({ revision }) => revision > later.revision)
    recording.later = undefined
  }

  #forgetLater(): void {
    this.#after(WINDOW_MS + 1, () => {
      this.#forget(this.#deps.clock.now())
      if (this.#recording) this.#forgetLater()
    })
  }

  #after(delay: number, run: () => void): void {
    const cancel = this.#deps.timers.after(delay, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
  }
}

function withoutOld(person: Deleting, now: number): void {
  const old = person.deletions.findIndex(({ at, count }) => now - at <= WINDOW_MS && at <= now && count > 0)
  if (old !== 0) person.deletions = old < 0 ? [] : person.deletions.slice(old)
}

function countOf({ deletions }: Deleting): number {
  return deletions.reduce((sum, { count }) => sum + count, 0)
}

interface Cut {
  readonly by: ParticipantId
  readonly first: number
  readonly last: number
}

/** As long as it is awaited, a later one may have come. */
async function newestText(recording: Recording): Promise<SavedText | undefined> {
  for (;;) {
    const { text } = recording
    const opened = await text
    if (text === recording.text) return opened
  }
}

function cutAt(
  { entries }: Recording,
  text: SavedText,
  { by, first, last }: Cut,
): { readonly before: SavedText; readonly behind: readonly WrittenBehind[] } {
  const earlier = entries.filter(({ revision }) => revision < first)
  const before: DraftText = { ...text, updates: [...text.updates, ...earlier.map(({ plain }) => plain)] }
  const behind = entries
    .filter(({ revision }) => revision >= first && revision <= last)
    .map((entry) => ({ update: entry.plain, isOwn: entry.by === by }))
  return { before: { ...before, textRevision: earlier.at(-1)?.revision ?? text.textRevision }, behind }
}
