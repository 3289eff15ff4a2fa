// Recorded editing sessions as edits of one author: what a single writer would have typed to make the same text in the same steps.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type * as Yjs from 'yjs'
import { bench } from '../lib/paths.ts'

/** Position, how many characters are deleted there, what is inserted. */
export type Patch = readonly [number, number, string]

export interface Trace {
  readonly edits: readonly (readonly Patch[])[]
  readonly text: string
}

interface Sequential {
  readonly endContent: string
  readonly txns: readonly { readonly patches: readonly Patch[] }[]
}
interface Concurrent {
  readonly kind: 'concurrent'
  readonly endContent: string
  readonly numAgents: number
  readonly txns: readonly { readonly parents: readonly number[]; readonly agent: number; readonly patches: readonly Patch[] }[]
}

export function readTrace(Y: typeof Yjs, name: 'sveltecomponent' | 'friendsforever'): Trace {
  const file = name === 'friendsforever' ? 'friendsforever.concurrent.json.gz' : `${name}.json.gz`
  const recorded = JSON.parse(gunzipSync(readFileSync(join(bench, 'traces', file))).toString()) as Sequential | Concurrent // as the licence note's source describes them
  if ('kind' in recorded) return flattened(Y, recorded)
  return { edits: recorded.txns.map((txn) => txn.patches), text: recorded.endContent }
}

/** Replays all authors with what each had seen, and notes what somebody who watches sees happen to the text. */
function flattened(Y: typeof Yjs, { numAgents, txns }: Concurrent): Trace {
  const authors = Array.from({ length: numAgents }, (_unused, at) => {
    const doc = new Y.Doc()
    doc.clientID = 1001 + at
    return { doc, seen: new Array<number>(numAgents).fill(0), said: [] as Uint8Array[] }
  })
  const known: number[][] = []
  const watcher = new Y.Doc()
  const edits: Patch[][] = []
  watcher.getText('t').observe((event) => edits.push(patchesOf(event.delta)))
  for (const { parents, agent, patches } of txns) {
    const author = authors[agent]
    if (!author) throw new Error('a trace names an author whom it does not count')
    const vector = new Array<number>(numAgents).fill(0)
    for (const parent of parents) for (let i = 0; i < numAgents; i++) vector[i] = Math.max(vector[i] ?? 0, known[parent]?.[i] ?? 0)
    for (const [i, other] of authors.entries()) {
      for (; (author.seen[i] ?? 0) < (vector[i] ?? 0); author.seen[i] = (author.seen[i] ?? 0) + 1) {
        const update = other.said[author.seen[i] ?? 0]
        if (i !== agent && update) Y.applyUpdate(author.doc, update)
      }
    }
    let update: Uint8Array = new Uint8Array([0, 0])
    const take = (made: Uint8Array) => {
      update = made
    }
    author.doc.on('update', take)
    author.doc.transact(() => applyPatches(author.doc.getText('t'), patches))
    author.doc.off('update', take)
    author.said.push(update)
    author.seen[agent] = author.said.length
    vector[agent] = author.said.length
    known.push(vector)
    Y.applyUpdate(watcher, update)
  }
  return { edits, text: watcher.getText('t').toString() }
}

function patchesOf(delta: readonly { retain?: number | undefined; insert?: unknown; delete?: number | undefined }[]): Patch[] {
  const patches: Patch[] = []
  let at = 0
  for (const { retain, insert, delete: deleted } of delta) {
    if (retain !== undefined) at += retain
    if (deleted !== undefined) patches.push([at, deleted, ''])
    if (typeof insert === 'string') {
      patches.push([at, 0, insert])
      at += insert.length
    }
  }
  return patches
}

export function applyPatches(text: Yjs.Text | Yjs.XmlText, patches: readonly Patch[]): void {
  for (const [position, deleted, inserted] of patches) {
    if (deleted > 0) text.delete(position, deleted)
    if (inserted !== '') text.insert(position, inserted)
  }
}
