// What somebody has taken out of a text, found and brought back in the draft worker. Deleted letters are kept in the copy that is looked at
// here, since nothing in it is collected.
import * as Y from 'yjs'
import { blockElements, fragmentOf, livingItems } from '#shared/document/yjs-document.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { type DraftText, fill, openDraft } from './draft-tasks.ts'
import { type MadeEdit, madeIn } from './restoring-tasks.ts'
import type { WrittenBehind } from './saved-states.ts'

/** A text, and what was written behind it. */
interface TextSince {
  readonly before: DraftText
  readonly behind: readonly WrittenBehind[]
}

export interface DeletionToMeasure extends TextSince {
  readonly language: Locale
  /** For the deleting person's Yjs ids: from which clock on it is their own typing of a moment ago. */
  readonly recent: readonly (readonly [client: number, clock: number])[]
  /** The same of everybody else, who may take it away again unnoticed. */
  readonly recentOfOthers: readonly (readonly [client: number, clock: number])[]
}

export interface DeletionToUndo extends TextSince {
  readonly now: DraftText
}

/** Letters that stand together elsewhere were moved, not lost; fewer at a time say nothing. */
const PIECE = 12
/** Of a longer text more must stand together: cut into words and mixed up it says nothing any more. */
const PIECE_OF_LONG = 32
const LONG = 2 * PIECE_OF_LONG
const OWN = {}

/**
 * How many letters of the text are gone by this person's doing, and stand nowhere in it now. Words that they only moved, and that somebody
 * else has taken out of their new place, are that person's doing; not so a copy that somebody laid there for a moment.
 */
export function measureDeletion({ language, recent, recentOfOthers, ...since }: DeletionToMeasure): number {
  const { doc, stepOf, stepOfOthers } = follow(since)
  const [isOwnTyping, isOthersTyping] = [typedIn(recent), typedIn(recentOfOthers)]
  const fragment = fragmentOf(doc, language)
  const runs = deletedRuns(fragment, (id) => (isOwnTyping(id) ? undefined : stepOf(id)))
  const later = deletedRuns(fragment, (id) => (isOthersTyping(id) ? undefined : stepOfOthers(id)))
  return lossesOf(runs, lettersIn(fragment), later).reduce((sum, lost) => sum + lost, 0)
}

function typedIn(clocks: DeletionToMeasure['recent']): (id: Y.ID) => boolean {
  const typed = new Map(clocks)
  return ({ client, clock }) => clock >= (typed.get(client) ?? Number.POSITIVE_INFINITY)
}

/** The edit that puts exactly those words back where they were; what anybody has written since stays, and what was only moved is not doubled. */
export function undoDeletion({ now, ...since }: DeletionToUndo): MadeEdit {
  const { doc, deleted, manager } = follow(since)
  doc.transact(() => fill(doc, now))
  const [done] = manager.undoStack
  if (!done) return { clock: Y.getState(doc.store, SYSTEM_CLIENT_ID), update: undefined }
  done.deletions = lostIn(doc, deleted)
  return madeIn(doc, () => {
    const from = Y.getState(doc.store, SYSTEM_CLIENT_ID)
    manager.undo()
    doc.transact(() => giveFreshIds(doc, from))
  })
}

type StepOf = (id: Y.ID) => number | undefined
type DeleteSet = ReturnType<typeof Y.createDeleteSet>

interface Followed {
  readonly doc: Y.Doc
  /** By the person whose deletion it is. */
  readonly deleted: DeleteSet
  /** At which step of what was written behind they deleted this; undefined: they did not. */
  readonly stepOf: StepOf
  /** The same of everybody else. */
  readonly stepOfOthers: StepOf
  readonly manager: Y.UndoManager
}

function follow({ before, behind }: TextSince): Followed {
  const doc = openDraft(before, { gc: false })
  const manager = new Y.UndoManager(
    LOCALES.map((language) => fragmentOf(doc, language)),
    // Their own words are not taken back: somebody may have gone on with them.
    { trackedOrigins: new Set([OWN]), captureTimeout: Number.MAX_SAFE_INTEGER, deleteFilter: () => false },
  )
  const sets = new Map<number, DeleteSet>()
  const setsOfOthers = new Map<number, DeleteSet>()
  let step = 0
  const take = ({ origin, deleteSet }: Y.Transaction) => void (origin === OWN ? sets : setsOfOthers).set(step++, deleteSet)
  doc.on('afterTransaction', take)
  for (const { update, isOwn } of behind) Y.applyUpdate(doc, update, isOwn ? OWN : undefined)
  doc.off('afterTransaction', take)
  return { doc, deleted: Y.mergeDeleteSets([...sets.values()]), stepOf: stepsIn(sets), stepOfOthers: stepsIn(setsOfOthers), manager }
}

/** Nothing is deleted twice: each clock has one step at most. */
function stepsIn(sets: ReadonlyMap<number, DeleteSet>): StepOf {
  const ranges = new Map<number, { readonly clock: number; readonly end: number; readonly step: number }[]>()
  for (const [step, { clients }] of sets) {
    for (const [client, items] of clients) {
      const known = ranges.get(client) ?? []
      ranges.set(client, known)
      for (const { clock, len } of items) known.push({ clock, end: clock + len, step })
    }
  }
  for (const each of ranges.values()) each.sort((a, b) => a.clock - b.clock)
  return ({ client, clock }) => {
    const of = ranges.get(client) ?? []
    let [from, to] = [0, of.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((of[middle]?.end ?? 0) <= clock) from = middle + 1
      else to = middle
    }
    const found = of[from]
    return found && found.clock <= clock ? found.step : undefined
  }
}

/** Letters side by side in one text that were taken out of it. */
interface DeletedRun {
  letters: string
  /** For each letter when it went. */
  readonly steps: number[]
  readonly at: { client: number; clock: number; length: number }[]
  readonly block: Y.Item
  readonly text: Y.Item
}

function deletedRuns(fragment: Y.XmlFragment, goneAt: StepOf): readonly DeletedRun[] {
  const runs: DeletedRun[] = []
  for (const block of allItems(fragment)) {
    for (const text of allItems(typeIn(block))) {
      let run: DeletedRun | undefined
      for (const { content, id, deleted } of allItems(typeIn(text))) {
        if (!(content instanceof Y.ContentString)) continue
        if (!deleted) run = undefined
        for (let index = 0; deleted && index < content.str.length; index++) {
          const step = goneAt({ client: id.client, clock: id.clock + index })
          if (step === undefined) continue
          if (!run) {
            run = { letters: '', steps: [], at: [], block, text }
            runs.push(run)
          }
          run.steps.push(step)
          addLetter(run, content.str.charAt(index), id.client, id.clock + index)
        }
      }
    }
  }
  return runs
}

function addLetter(run: DeletedRun, letter: string, client: number, clock: number): void {
  run.letters += letter
  const last = run.at.at(-1)
  if (last && last.client === client && last.clock + last.length === clock) last.length++
  else run.at.push({ client, clock, length: 1 })
}

/**
 * For each run how many of its letters stand nowhere in the text, nor in what was taken out of it `later` than they; spaces and borders of
 * blocks do not count.
 */
function lossesOf(runs: readonly DeletedRun[], now: string, later: readonly DeletedRun[] = []): readonly number[] {
  const parts = runs.map(({ letters }) => letters.replace(/\s+/gu, ''))
  const all = parts.join('')
  const steps = runs.flatMap(stepsOfLetters)
  const stands = new Uint8Array(all.length)
  const isLong = longOnes(runs, parts)
  for (const long of [false, true]) {
    const size = Math.max(1, Math.min(long ? PIECE_OF_LONG : PIECE, all.length))
    const places = new Map<string, number[]>()
    for (let at = 0; at + size <= all.length; at++) {
      if ((isLong[at] === 1) !== long) continue
      const piece = all.slice(at, at + size)
      const known = places.get(piece)
      if (known) known.push(at)
      else places.set(piece, [at])
    }
    for (let at = 0; at + size <= now.length && places.size > 0; at++) {
      const piece = now.slice(at, at + size)
      for (const place of places.get(piece) ?? []) stands.fill(1, place, place + size)
      places.delete(piece)
    }
    for (const [piece, until] of places.size > 0 ? stoodUntil(later, size) : []) {
      for (const place of places.get(piece) ?? [])
        if (steps.slice(place, place + size).every((step) => step < until)) stands.fill(1, place, place + size)
    }
  }
  let from = 0
  return parts.map((part) => {
    const lost = stands.subarray(from, from + part.length).reduce((sum, stood) => sum + 1 - stood, 0)
    from += part.length
    return lost
  })
}

function stepsOfLetters({ letters, steps }: DeletedRun): readonly number[] {
  return steps.filter((_, index) => !/\s/u.test(letters.charAt(index)))
}

/** Up to which step each piece of what went stood somewhere. */
function stoodUntil(later: readonly DeletedRun[], size: number): ReadonlyMap<string, number> {
  const until = new Map<string, number>()
  for (const run of later) {
    const [letters, steps] = [run.letters.replace(/\s+/gu, ''), stepsOfLetters(run)]
    for (let at = 0; at + size <= letters.length; at++) {
      const piece = letters.slice(at, at + size)
      until.set(piece, Math.max(until.get(piece) ?? -1, Math.min(...steps.slice(at, at + size))))
    }
  }
  return until
}

/** For each letter whether much was taken out of the text it stood in. */
function longOnes(runs: readonly DeletedRun[], parts: readonly string[]): Uint8Array {
  const lengths = new Map<Y.Item, number>()
  for (const [index, { text }] of runs.entries()) lengths.set(text, (lengths.get(text) ?? 0) + (parts[index]?.length ?? 0))
  const flags = runs.map(({ text }, index) => new Uint8Array(parts[index]?.length ?? 0).fill((lengths.get(text) ?? 0) >= LONG ? 1 : 0))
  const all = new Uint8Array(flags.reduce((sum, { length }) => sum + length, 0))
  let from = 0
  for (const each of flags) {
    all.set(each, from)
    from += each.length
  }
  return all
}

function lettersIn(fragment: Y.XmlFragment): string {
  let letters = ''
  for (const block of livingItems(fragment)) {
    for (const text of livingItems(typeIn(block))) {
      for (const { content } of livingItems(typeIn(text))) if (content instanceof Y.ContentString) letters += content.str
    }
  }
  return letters.replace(/\s+/gu, '')
}

/** What is to be brought back: runs that are lost for the most part, with their marks, their blocks and what those say of themselves. */
function lostIn(doc: Y.Doc, deleted: DeleteSet): DeleteSet {
  const set = Y.createDeleteSet()
  const add = (client: number, clock: number, len: number) => {
    const known = set.clients.get(client)
    if (known) known.push({ clock, len })
    else set.clients.set(client, [{ clock, len }])
  }
  const addItem = ({ id, length, deleted: isGone }: Y.Item) => isGone && add(id.client, id.clock, length)
  for (const language of LOCALES) {
    const fragment = fragmentOf(doc, language)
    const runs = deletedRuns(fragment, (id) => (Y.isDeleted(deleted, id) ? 0 : undefined))
    const losses = lossesOf(runs, lettersIn(fragment))
    const lost = runs.filter(({ letters }, index) => (losses[index] ?? 0) * 2 > letters.replace(/\s+/gu, '').length)
    for (const { at } of lost) for (const { client, clock, length } of at) add(client, clock, length)
    for (const text of new Set(lost.map((run) => run.text))) {
      addItem(text)
      for (const item of allItems(typeIn(text))) if (item.content instanceof Y.ContentFormat && Y.isDeleted(deleted, item.id)) addItem(item)
    }
    for (const block of new Set(lost.map((run) => run.block))) {
      addItem(block)
      if (block.deleted) for (const item of typeIn(block)._map.values()) addItem(item)
    }
  }
  return Y.mergeDeleteSets([set])
}

/** Somebody may have put the same block elsewhere meanwhile. */
function giveFreshIds(doc: Y.Doc, from: number): void {
  for (const language of LOCALES) {
    const elements = blockElements(fragmentOf(doc, language))
    const isBack = ({ _item }: Y.XmlElement) => _item?.id.client === SYSTEM_CLIENT_ID && _item.id.clock >= from
    const known = new Set(elements.filter((element) => !isBack(element)).map((element) => element.getAttribute('id')))
    for (const element of elements.filter(isBack)) {
      if (known.has(element.getAttribute('id'))) element.setAttribute('id', `back-${element._item?.id.clock ?? 0}`)
      known.add(element.getAttribute('id'))
    }
  }
}

const NOTHING = new Y.XmlElement()

function typeIn({ content }: Y.Item): Y.XmlElement | Y.XmlText {
  const type = content instanceof Y.ContentType ? content.type : undefined
  return type instanceof Y.XmlElement || type instanceof Y.XmlText ? type : NOTHING
}

function* allItems(type: { readonly _start: Y.Item | null }): Generator<Y.Item> {
  for (let item = type._start; item; item = item.right) yield item
}
