// What judging an edit costs on the server's own thread: reading its bytes, placing its structs, taking it over. CPU time of this process,
// so that it can be read on a busy machine too. No storage, no sockets.
import * as Y from 'yjs'
import { encodeClaim } from '#server/drafting/draft-entries.ts'
import { DraftHead } from '#server/drafting/draft-head.ts'
import { compactDraft } from '#server/drafting/draft-tasks.ts'
import { decodeStructure } from '#server/drafting/structure/structure-codec.ts'
import { scanUpdate } from '#server/drafting/update-scan.ts'
import { block } from '#shared/document/document-block.ts'
import { blockElement, blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import type { By } from '#shared/kernel/actor.ts'
import { quantile } from './lib/measure.ts'
import type { Table } from './lib/table.ts'

const AUTHOR = 'somebody' as By // any participant's id will do
const LANGUAGE = 'ru'

/** A text of so many clauses, written on by one author; answers the updates. */
function written(
  clauses: number,
  write: (doc: Y.Doc) => void,
): { readonly before: Uint8Array; readonly client: number; readonly updates: Uint8Array[] } {
  const doc = new Y.Doc()
  fragmentOf(doc, LANGUAGE).insert(0, clausesFor(clauses))
  const before = Y.encodeStateAsUpdate(doc)
  const writer = new Y.Doc()
  Y.applyUpdate(writer, before)
  const updates: Uint8Array[] = []
  writer.on('update', (update: Uint8Array) => updates.push(update))
  write(writer)
  return { before, client: writer.clientID, updates }
}

function clausesFor(count: number): Y.XmlElement[] {
  return Array.from({ length: count }, (_, index) =>
    blockElement(block(`c${index}`, 'clause', 1, 'Сторона обязуется исполнить обязательство в срок.')),
  )
}

function lettersOf(doc: Y.Doc, index: number): Y.XmlText {
  const element = blockElements(fragmentOf(doc, LANGUAGE))[index]
  const text = element && textOf(element)
  if (!text) throw new Error('no such clause')
  return text
}

/** Microseconds of CPU for each update, judged and taken over as the lane does it. */
function judged({ before, client, updates }: ReturnType<typeof written>): number {
  const { structure } = compactDraft({ updates: [before] })
  const head = new DraftHead({ revision: 1, textRevision: 1, structure: decodeStructure(structure) })
  head.applyMark({ revision: 1, kind: 'claim', by: AUTHOR, plain: encodeClaim([client]) })
  const began = process.cpuUsage()
  for (const plain of updates) {
    const scan = scanUpdate(plain)
    const trial = head.fork()
    if (!scan || trial.judge(scan, { by: AUTHOR, under: { kind: 'edit', clientId: client } }).verdict !== 'new') throw new Error('refused')
    trial.stepsUncounted(scan)
    const entry = { revision: head.revision + 1, kind: 'update' as const, by: AUTHOR, plain }
    trial.apply(entry, scan)
    head.apply(entry, scan)
  }
  const { user, system } = process.cpuUsage(began)
  return (user + system) / updates.length
}

export function benchJudging({ repeat }: { repeat: number }, table: Table): boolean {
  const typing = (clauses: number) =>
    written(clauses, (doc) => {
      for (let key = 0; key < 4_000; key++) {
        const text = lettersOf(doc, Math.floor(key / 40) % clauses)
        text.insert(Math.min(10 + (key % 40), text.length), 'а')
        if (key % 9 === 0) text.delete(0, 1)
      }
    })
  const pasting = () => written(20, (doc) => fragmentOf(doc, LANGUAGE).insert(3, clausesFor(1_000)))
  const cases: readonly [string, () => number][] = [
    ['a keystroke, 20 clauses', () => judged(typing(20))],
    ['a keystroke, 500 clauses', () => judged(typing(500))],
    ['a paste of 1,000 clauses', () => judged(pasting())],
  ]
  table.head('judging an edit', 'CPU µs')
  for (const [name, run] of cases) {
    run() // compiled by then
    table.row(name, quantile(Array.from({ length: Math.max(3, repeat) }, run), 0.5).toFixed(1))
  }
  return true
}
