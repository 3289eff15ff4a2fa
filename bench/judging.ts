// What judging an edit costs on the server's own thread: reading its bytes, placing its structs, taking it over. CPU time of this process,
// so that it can be read on a busy machine too. No storage, no sockets.
import * as Y from 'yjs'
import { encodeClaim } from '#server/drafting/draft-entries.ts'
import { DraftHead } from '#server/drafting/draft-head.ts'
import { decodeStructure } from '#server/drafting/structure/structure-codec.ts'
import { scanUpdate } from '#server/drafting/update-scan.ts'
import { compactDraft } from '#server/drafting/workshop-tasks.ts'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import type { By } from '#shared/kernel/actor.ts'
import { quantile } from './lib/measure.ts'
import type { Table } from './lib/table.ts'

const AUTHOR = 'somebody' as By // any participant's id will do

/** A text of so many clauses, written on by one author; answers the updates. */
function written(
  clauses: number,
  write: (doc: Y.Doc) => void,
): { readonly before: Uint8Array; readonly client: number; readonly updates: Uint8Array[] } {
  const doc = new Y.Doc()
  doc.getXmlFragment(DRAFT_FIELD).insert(
    0,
    Array.from({ length: clauses }, (_, index) => clause(index)),
  )
  const before = Y.encodeStateAsUpdate(doc)
  const writer = new Y.Doc()
  Y.applyUpdate(writer, before)
  const updates: Uint8Array[] = []
  writer.on('update', (update: Uint8Array) => updates.push(update))
  write(writer)
  return { before, client: writer.clientID, updates }
}

function clause(index: number): Y.XmlElement {
  const made = new Y.XmlElement('clause')
  const paragraph = new Y.XmlElement('paragraph')
  made.setAttribute('id', `c${index}`)
  paragraph.insert(0, [new Y.XmlText('Сторона обязуется исполнить обязательство в срок.')])
  made.insert(0, [paragraph])
  return made
}

function textOf(doc: Y.Doc, index: number): Y.XmlText {
  const found = (doc.getXmlFragment(DRAFT_FIELD).get(index) as Y.XmlElement).get(0) as Y.XmlElement
  return found.get(0) as Y.XmlText // a clause, its paragraph, its words: as written above
}

/** Microseconds of CPU for each update, judged and taken over as the lane does it. */
function judged({ before, client, updates }: ReturnType<typeof written>): number {
  const { structure } = compactDraft({ updates: [before] })
  const head = new DraftHead({ u: 1, textU: 1, structure: decodeStructure(structure) })
  head.applyMark({ u: 1, kind: 'claim', by: AUTHOR, plain: encodeClaim([client]) })
  const began = process.cpuUsage()
  for (const plain of updates) {
    const scan = scanUpdate(plain)
    const trial = head.fork()
    if (!scan || trial.judge(scan, { by: AUTHOR, under: { kind: 'edit', clientId: client } }).verdict !== 'new') throw new Error('refused')
    trial.stepsUncounted(scan)
    const entry = { u: head.u + 1, kind: 'update' as const, by: AUTHOR, plain }
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
        const text = textOf(doc, Math.floor(key / 40) % clauses)
        text.insert(Math.min(10 + (key % 40), text.length), 'а')
        if (key % 9 === 0) text.delete(0, 1)
      }
    })
  const pasting = () =>
    written(20, (doc) =>
      doc.getXmlFragment(DRAFT_FIELD).insert(
        3,
        Array.from({ length: 1_000 }, (_, index) => clause(index)),
      ),
    )
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
