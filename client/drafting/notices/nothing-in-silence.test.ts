// Thousands of histories of people who type, divide, join, indent, move and delete at the same time: of every letter that was typed it is
// known where it is.
import type { Command } from '@tiptap/pm/state'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { lowerClause, raiseClause, toggleHeading } from '#client/drafting/editor/clause-commands.ts'
import { backspaceAtStart, deleteAtEnd } from '#client/drafting/editor/join-lines.ts'
import { moveClauseDown, moveClauseUp } from '#client/drafting/editor/move-clause.ts'
import { splitLine } from '#client/drafting/editor/split-line.ts'
import { namedDeletions } from '#shared/document/concurrent-edits.ts'
import { block } from '#shared/document/document-block.ts'
import { LANGUAGE, type SessionDevice, SharedSession } from '#shared/document/testing/shared-session.ts'
import { fragmentOf, isSound } from '#shared/document/yjs-document.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { ConcurrentWords } from './concurrent-words.ts'

const HISTORIES = Number(process.env.FUZZ_HISTORIES ?? 10_000)
const FIRST = Number(process.env.FUZZ_FIRST ?? 1)
const STEPS = 14
const START = [
  block('a', 'heading', 2, 'Obligations'),
  block('b', 'clause', 1, 'The buyer pays the price'),
  block('c', 'clause', 2, 'by the first of May'),
  block('d', 'clause', 1, 'The seller delivers'),
]

describe('words that meet changes of structure', () => {
  it('[DRA-137] in ten thousand histories no typed letter goes without its author being told', () => {
    for (let seed = FIRST; seed < FIRST + HISTORIES; seed++) {
      const random = new Random(seed)
      const session = new SharedSession(START, 2 + random.below(2))
      const writers = session.devices.map((device) => new Writer(device, `h${seed}`))
      for (let step = 0; step < STEPS; step++) random.pick(writers).act(random)
      session.settle()
      const named = namedDeletions(session.edits.map(({ update }) => update))
      for (const writer of writers) expect(writer.unaccountedFor(named), `history ${seed}`).toEqual([])
      const [one] = session.devices
      for (const { doc } of session.devices) {
        expect(isSound(doc), `history ${seed}`).toBe(true)
        expect(textOf(doc), `history ${seed}`).toBe(one && textOf(one.doc))
      }
      session.close()
    }
  }, 600_000)
})

function textOf(doc: Y.Doc): string {
  return fragmentOf(doc, LANGUAGE).toString()
}

class Writer {
  readonly #device: SessionDevice
  readonly #words: ConcurrentWords
  /** What was kept for copying, or brought after a moved block. */
  readonly #told: string[] = []
  /** Clocks of the letters that this person has typed, or that were brought for them. */
  readonly #typed: { readonly from: number; readonly text: string }[] = []
  readonly #name: string
  #tokens = 0
  #sentUpTo: number

  constructor(device: SessionDevice, name: string) {
    this.#device = device
    this.#name = name
    const { doc } = device
    this.#sentUpTo = this.#clock
    this.#words = new ConcurrentWords({
      clock: { now: () => 0 },
      clientId: () => doc.clientID,
      unsentFrom: () => (this.#clock > this.#sentUpTo ? this.#sentUpTo : undefined),
      mayWrite: () => true,
      write: (edit) => {
        const from = this.#clock
        doc.transact(edit)
        this.#typed.push({ from, text: lettersSince(doc, from) })
        this.#told.push(lettersSince(doc, from))
      },
      keepForCopying: (words) => this.#told.push(words),
      tell: () => undefined,
    })
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.local && transaction.changed.size > 0) this.#words.own(transaction)
    })
    device.onHeard = (update, apply) => {
      const look = (transaction: Y.Transaction) => {
        if (!transaction.local) this.#words.taken(transaction, { updates: [update] })
      }
      doc.on('beforeObserverCalls', look)
      apply()
      doc.off('beforeObserverCalls', look)
      this.#words.act()
    }
  }

  act(random: Random): void {
    const kind = random.below(10)
    if (kind < 2) this.#device.hear(1 + random.below(3))
    else if (kind < 3) this.send()
    else this.#write(random, kind)
  }

  #write(random: Random, kind: number): void {
    const { editor } = this.#device
    const index = random.below(editor.state.doc.childCount)
    const size = editor.state.doc.child(index).content.size
    editor.select(index, random.pick([0, size, random.below(size + 1)]))
    if (kind < 7) this.#type(random)
    else if (kind < 9) editor.run(random.pick(this.#commands()))
    else this.#deleteSome(random, index)
  }

  send(): void {
    this.#device.send()
    this.#sentUpTo = this.#clock
  }

  /** Half a word, what others did meanwhile, and the other half where the caret stands then. */
  #type(random: Random): void {
    // letters that nobody else types
    const token = String.fromCharCode(0x4e00 + this.#device.doc.clientID * 100 + ++this.#tokens).repeat(4)
    const half = random.below(token.length)
    this.#put(token.slice(0, half))
    if (random.chance(0.3)) this.#device.hear(1)
    if (random.chance(0.3)) this.send()
    this.#put(token.slice(half))
  }

  #put(text: string): void {
    const from = this.#clock
    this.#device.editor.type(text)
    this.#typed.push({ from, text: lettersSince(this.#device.doc, from) })
  }

  #commands(): readonly Command[] {
    const newId = () => `${this.#name}${this.#device.doc.clientID}b${++this.#tokens}`
    return [
      splitLine(newId),
      splitLine(newId),
      lowerClause,
      raiseClause,
      toggleHeading,
      backspaceAtStart(newId),
      deleteAtEnd(newId),
      moveClauseUp,
      moveClauseDown,
    ]
  }

  #deleteSome(random: Random, index: number): void {
    const { editor } = this.#device
    const { doc } = editor.state
    const to = Math.min(doc.childCount - 1, index + random.below(2))
    editor.select(index, 0, to, random.below(doc.child(to).content.size + 1))
    editor.dispatch(editor.state.tr.deleteSelection())
  }

  /** Letters that are gone although nobody who saw them took them away, and of which this person was not told. */
  unaccountedFor(named: ReturnType<typeof namedDeletions>): readonly string[] {
    const { doc } = this.#device
    const missing: string[] = []
    for (const { from, text } of this.#typed) {
      let lost = ''
      for (let at = 0; at < text.length; at++) {
        const clock = from + at
        const isNamed = named.get(doc.clientID)?.some((range) => clock >= range.clock && clock < range.clock + range.len)
        if (!isNamed && !lives(doc, clock)) lost += text[at]
      }
      if (lost !== '' && !this.#told.some((words) => isWithin(lost, words))) missing.push(lost)
    }
    return missing
  }

  get #clock(): number {
    return Y.getState(this.#device.doc.store, this.#device.doc.clientID)
  }
}

/** Its letters stand in the words in their order; others may stand between them. */
function isWithin(letters: string, words: string): boolean {
  let at = 0
  for (const letter of words) if (letter === letters[at]) at++
  return at === letters.length
}

function lives({ store, clientID }: Y.Doc, clock: number): boolean {
  const structs = store.clients.get(clientID) ?? []
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item && !struct.deleted
}

/** By clock; what is no letter stands as a space. */
function lettersSince({ store, clientID }: Y.Doc, from: number): string {
  let letters = ''
  for (const struct of store.clients.get(clientID) ?? []) {
    if (struct.id.clock + struct.length <= from) continue
    const text = struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : ''
    letters += text === '' ? ' '.repeat(struct.length) : text.slice(Math.max(0, from - struct.id.clock))
  }
  return letters
}
