// Carries out a restoration that was asked for. Each step can be done again by any server, and the sequence alone says how far it went:
// the state before is saved with the next clock of the server's own Yjs id, every edit of the server's moves that clock, and the mark of
// another document names its restoration.
import { WorkerFailure } from '#server/workers/task.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import { type RestorationFault, restorationFinish } from '#shared/drafting/restoring-protocol.ts'
import type { AskedRestoration } from '#shared/drafting/restoring-state.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, DeletionId } from '#shared/kernel/ids.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import type { DraftHead } from './draft-head.ts'
import { OvertakenEdit } from './draft-queue.ts'
import type { DraftRoom } from './draft-room.ts'
import type { DraftText } from './draft-tasks.ts'
import type { DraftWorker } from './open-draft-worker.ts'
import type { MadeEdit } from './restoring-tasks.ts'
import { deletionName, type KnownState } from './saved-states.ts'
import type { SavedText } from './state-keeper.ts'

export interface RestoreDeps {
  readonly clock: Clock
  readonly worker: Pick<DraftWorker, 'beginFrom' | 'bringBack' | 'undoDeletion'>
  /** Runs a step of the system; its command id follows from `cause`, so that two servers make one step. */
  readonly runSystem: <Input>(caseId: CaseId, command: CommandDefinition<WireName, Input>, input: Input, cause: string) => Promise<unknown>
}

type Outcome = { readonly revision: number } | { readonly fault: RestorationFault }

/** People go on writing meanwhile; the server tries again with what they wrote. */
const MAX_ROUNDS = 20
/** After so many they wait for it: one who types without a pause must not keep everybody in a document that cannot be worked with. */
const FREE_ROUNDS = 5
/** What does not succeed by then is over: as long as it is under way the text cannot be closed. */
const GIVE_UP_MS = 120_000

export async function restoreText(deps: RestoreDeps, caseId: CaseId, room: DraftRoom, asked: AskedRestoration): Promise<void> {
  const { restorationId } = asked
  // What failed can be asked for again under the same id.
  const restoration = `${restorationId}|${asked.at}`
  const outcome = await new Carrying(deps, caseId, room, { ...asked, restoration }).runOrGiveUp()
  await deps.runSystem(caseId, restorationFinish, { restorationId, ...outcome }, `restoration|${restoration}`)
}

class Carrying {
  readonly #deps: RestoreDeps
  readonly #caseId: CaseId
  readonly #room: DraftRoom
  readonly #asked: AskedRestoration & { readonly restoration: string }
  #checked: KnownState | undefined

  constructor(deps: RestoreDeps, caseId: CaseId, room: DraftRoom, asked: AskedRestoration & { readonly restoration: string }) {
    this.#deps = deps
    this.#caseId = caseId
    this.#room = room
    this.#asked = asked
  }

  async runOrGiveUp(): Promise<Outcome> {
    try {
      return (await this.#run(FREE_ROUNDS)) ?? (await this.#room.holdEdits(() => this.#run(MAX_ROUNDS))) ?? { fault: 'failed' }
    } catch (error) {
      const since = this.#deps.clock.now() - this.#asked.at
      if (since >= 0 && since < GIVE_UP_MS) throw error
      const done = this.#doneIn(await this.#room.refresh()) // where nobody can say, it goes on
      return done === undefined ? { fault: 'failed' } : { revision: done }
    }
  }

  /** Undefined when people were quicker each time. */
  async #run(rounds: number): Promise<Outcome | undefined> {
    for (let round = 0; round < rounds; round++) {
      try {
        return await this.#once()
      } catch (error) {
        const fault = faultOf(error)
        if (fault) return { fault }
        if (!(error instanceof OvertakenEdit)) throw error
      }
    }
    return undefined
  }

  async #once(): Promise<Outcome> {
    const head = await this.#room.refresh()
    const done = this.#doneIn(head)
    if (done !== undefined) return { revision: done }
    if (head.closed !== undefined) return { fault: 'closed' }
    const { restoration, way } = this.#asked
    const from = way === 'begin-anew' ? await this.#checkedState() : undefined
    if (way === 'begin-anew' && !from) return { fault: 'gone' }
    const now = await this.#room.own.textNow()
    const { revision: spared } = this.#asked
    await this.#room.saved.save(now, { cause: 'restoration', spared, before: { restoration, clock: head.clockOf(SYSTEM_CLIENT_ID) } })
    if (!from) return this.#write(now)
    return { revision: await this.#room.own.beginAnew({ restoration, name: from.name }, now.textRevision) }
  }

  /** The number of the text in which it was done; undefined while it was not. */
  #doneIn(head: DraftHead): number | undefined {
    const { restoration, way } = this.#asked
    if (way === 'begin-anew') return head.begunFrom?.restoration === restoration ? head.begunFrom.revision : undefined
    const before = head.savedBefore
    return before?.restoration === restoration && before.clock < head.clockOf(SYSTEM_CLIENT_ID) ? head.textRevision : undefined
  }

  /** Another document can be made of it: nothing is left behind before that is known, and no time is lost with it later. */
  async #checkedState(): Promise<KnownState | undefined> {
    if (this.#checked) return this.#checked
    const state = await this.#room.saved.find(this.#asked.revision)
    const text = state && (await this.#room.saved.text(state))
    if (!text) return undefined
    await this.#deps.worker.beginFrom(this.#caseId, text)
    this.#checked = state
    return state
  }

  async #write(now: SavedText & { readonly generation: number }): Promise<Outcome> {
    const made = await this.#make(now)
    if (!made) return { fault: 'gone' }
    return {
      revision: made.update
        ? await this.#room.own.writeOwn(made.update, { clock: made.clock, generation: now.generation })
        : now.textRevision,
    }
  }

  /** Made of the very text that was saved: what it takes away is among the saved states. */
  async #make(now: DraftText): Promise<MadeEdit | undefined> {
    const { saved } = this.#room
    if (this.#asked.way === 'undo-deletion') return this.#undo(this.#asked.deletionId, now)
    const state = await saved.find(this.#asked.revision)
    const text = state && (await saved.text(state))
    return text && this.#deps.worker.bringBack(this.#caseId, { state: text, now })
  }

  /** Of a document that was begun anew since, nothing can be put back where it was. */
  async #undo(deletionId: DeletionId, now: DraftText): Promise<MadeEdit | undefined> {
    const { saved, anewAt } = this.#room
    const state = await saved.named(deletionName(deletionId))
    const copy = state && state.announcedAt > anewAt ? await saved.open(state) : undefined
    if (!copy) return undefined
    const { worker } = this.#deps
    // Where too much was written since to be kept, the state itself comes back.
    if (copy.behind.length === 0) return worker.bringBack(this.#caseId, { state: copy, now })
    return worker.undoDeletion(this.#caseId, { before: copy, behind: copy.behind, now })
  }
}

function faultOf(error: unknown): RestorationFault | undefined {
  if (error instanceof WorkerFailure) return error.isOwnFault ? 'too-large' : undefined
  if (!(error instanceof AppError)) return undefined
  const { kind, reason } = error.problem
  if (reason === 'drafting/closed') return 'closed'
  if (reason === 'drafting/state-gone') return 'gone'
  return kind === 'too-large' || kind === 'invalid' ? 'too-large' : undefined
}
