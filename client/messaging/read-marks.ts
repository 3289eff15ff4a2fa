// Up to where this person has read, on this device and on their others. What was read here counts here at once; it is told to the server
// a moment later, together with what is read meanwhile, and nobody waits for an answer.
import { meaningOf } from '#client/realtime/ack-meaning.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import { type Audience, selfAudience } from '#shared/kernel/audience.ts'
import { stateIn } from '#shared/log/fold.ts'
import { readMark } from '#shared/messaging/read-marks-protocol.ts'
import { furtherMarks, type Marks, marksIn, readMarksFold } from '#shared/messaging/read-marks-state.ts'

export interface ReadMarks extends Owned, Store<Marks> {
  /** The words of this number, and so those before them, were before the person's eyes. */
  saw(audience: Audience, seq: number): void
  /** The page may be gone in a moment: what was read is told now. */
  flush(): void
}

type Client = Pick<CaseClient, 'store' | 'storage' | 'timers' | 'tell'>

const TOLD_AFTER = 4_000
const AGAIN_AFTER = 10_000

export function createReadMarks({ store, storage, timers, tell }: Client): ReadMarks {
  const own = () => {
    const { me, audiences } = store.snapshot()
    return (me && stateIn(audiences, readMarksFold, selfAudience(me))?.marks) ?? readMarksFold.initial.marks
  }
  // where the device may remember: what was read a moment before a reload
  let here: Marks = storage?.read() ?? {}
  let told: Marks = {}
  let cancel: (() => void) | undefined
  let isTelling = false
  let isOver = false
  const all = createStore(furtherMarks(own(), here))
  let known = own()
  const stop = store.subscribe(() => {
    if (known === own()) return
    known = own()
    all.set(furtherMarks(known, here))
  })

  function tellIn(milliseconds: number) {
    cancel ??= timers.after(milliseconds, flush)
  }

  function flush() {
    cancel?.()
    cancel = undefined
    if (!isTelling) void tellNow()
  }

  async function tellNow() {
    const known = furtherMarks(own(), told)
    const marks = marksIn(here).filter(({ audience, seq }) => seq > (known[audience] ?? 0))
    if (marks.length === 0) return
    isTelling = true
    const ack = await tell(readMark, { marks })
    isTelling = false
    const meaning = ack && meaningOf(ack)
    // what is refused for good is not said again: an older server does not know of marks
    if (meaning?.kind === 'settled') told = furtherMarks(told, Object.fromEntries(marks.map(({ audience, seq }) => [audience, seq])))
    if (!isOver) tellIn(!meaning ? AGAIN_AFTER : meaning.kind === 'later' ? meaning.after : TOLD_AFTER)
  }

  if (marksIn(here).length > 0) tellIn(TOLD_AFTER)
  return {
    state: all.state,
    subscribe: all.subscribe,
    saw(audience, seq) {
      if (isOver || seq <= (all.state()[audience] ?? 0)) return
      here = { ...here, [audience]: seq }
      all.set(furtherMarks(own(), here))
      storage?.rememberRead(all.state())
      tellIn(TOLD_AFTER)
    },
    flush,
    close() {
      flush()
      end()
    },
    wipe: end,
  }

  function end() {
    isOver = true
    cancel?.()
    stop()
  }
}
