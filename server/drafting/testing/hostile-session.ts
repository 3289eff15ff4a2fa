// One draft in which honest and hostile people write at once, judged as the server judges; and what every device must be able to do with
// what was accepted.
import * as Y from 'yjs'
import { arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { wordsOf } from '#shared/document/document-block.ts'
import { fragmentOf, isSound, readBlocks } from '#shared/document/yjs-document.ts'
import { templateOf } from '#shared/drafting/template.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { canonicalDraft, compactDraft, openDraft, startDraft, tryEdit } from '../draft-tasks.ts'
import { DraftStructure } from '../structure/draft-structure.ts'
import { MAX_STEPS_UNTRIED } from '../structure/step-estimate.ts'
import { scanUpdate } from '../update-scan.ts'
import { HonestAuthor } from './honest-author.ts'
import { HostileAuthor } from './hostile-author.ts'
import { supplyCase } from './supply-case.ts'

interface HostileSession {
  readonly hostile: number
  readonly accepted: number
  /** Copies that read another order of letters until they are fetched anew: what a lie about neighbours can do (docs/security.md). */
  readonly differing: number
  /** As it was stored, in order. */
  readonly updates: readonly Uint8Array[]
  /** One copy that took every edit as it came. */
  readonly doc: Y.Doc
}

const START = startDraft({ blocks: templateOf(supplyCase('ru'), '2026-11-22'), language: 'ru' })

/** Throws where an accepted edit makes a copy fail, or two copies differ. */
export function hostileSession(seed: number, hostileEdits: number): HostileSession {
  const random = new Random(seed)
  const structure = new DraftStructure()
  const updates: Uint8Array[] = []
  const doc = new Y.Doc()
  const honest = [new HonestAuthor(START, 1_001, random), new HonestAuthor(START, 1_002, random)]
  const hostile = [new HostileAuthor(900, random), new HostileAuthor(2_000, random)]
  const clocks = new Map<number, number>()
  let [tried, accepted] = [0, 0]

  function give(update: Uint8Array, from: HonestAuthor | undefined): boolean {
    const scan = scanUpdate(update)
    const fits =
      scan &&
      [...scan.needs].every(([client, upTo]) => upTo <= Math.max(structure.clockOf(client), client === scan.run?.client ? scan.run.to : 0))
    const placement = fits && (!scan.run || scan.run.from <= structure.clockOf(scan.run.client)) ? structure.place(scan) : undefined
    if (!placement) return false
    if (structure.steps + placement.steps > MAX_STEPS_UNTRIED && tryEdit({ updates, edit: update }).kind !== 'fits') return false
    structure.apply(placement)
    updates.push(update)
    Y.applyUpdate(doc, update)
    for (const author of honest) if (author !== from) author.hear(update)
    clocks.set(placement.client, structure.clockOf(placement.client))
    return true
  }

  give(START, undefined)
  for (const author of honest) author.send()
  while (tried < hostileEdits) {
    for (const author of hostile) {
      tried++
      if (give(author.edit(clocks), undefined)) accepted++
    }
    for (const author of honest) {
      if (random.chance(0.3)) author.write()
      const update = random.chance(0.4) ? author.send() : undefined
      if (update && !give(update, author)) throw new Error(`seed ${seed}: an honest edit was refused`)
    }
  }
  for (const author of honest) {
    const update = author.send()
    if (update && !give(update, author)) throw new Error(`seed ${seed}: an honest edit was refused`)
  }
  return { hostile: tried, accepted, updates, doc, ...check(seed, doc, updates, honest) }
}

function check(seed: number, doc: Y.Doc, updates: readonly Uint8Array[], honest: readonly HonestAuthor[]): { readonly differing: number } {
  const fail = (what: string): never => {
    throw new Error(`seed ${seed}: ${what}`)
  }
  if (doc.store.pendingStructs || doc.store.pendingDs) fail('something waits for ever')
  if (!isSound(doc)) fail('something stands in it that is not of our grammar')
  const text = contentOf(doc)
  const { state, update } = compactDraft({ updates })
  const atOnce = openDraft({ updates })
  const opened = openDraft({ snapshot: update, updates: [] })
  if (state === 'unshowable') fail('the draft cannot be shown')
  if (state === 'sound' && contentOf(opened) !== contentOf(atOnce)) fail('a snapshot reads differently')
  if (sorted(lettersOf(opened)) !== sorted(lettersOf(doc))) fail('words are lost in a snapshot')
  for (const language of LOCALES) {
    const blocks = readBlocks(fragmentOf(doc, language))
    const arranged = arrangeBlocks(blocks).flatMap((line) => line.blocks)
    if (arranged.length !== blocks.length) fail('a block has no place in the reading')
    const canonical = canonicalDraft({ snapshot: update, updates: [], language })
    if (!canonical.ok && canonical.faults.some(({ fault }) => fault === 'broken')) fail('the canonical text finds it broken')
  }
  return { differing: [atOnce, ...honest.map((author) => author.doc)].filter((copy) => contentOf(copy) !== text).length }
}

function sorted(letters: string): string {
  return [...letters].sort().join('')
}

function contentOf(doc: Y.Doc): string {
  return JSON.stringify(LOCALES.map((language) => readBlocks(fragmentOf(doc, language))))
}

function lettersOf(doc: Y.Doc): string {
  return LOCALES.flatMap((language) => readBlocks(fragmentOf(doc, language)).map(wordsOf)).join('')
}
