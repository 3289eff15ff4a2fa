// Where a draft stands, without its text: enough to accept or refuse any edit. A few hundred bytes for each open draft.
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import type { DraftingReason } from '#shared/drafting/drafting-protocol.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { ErrorKind } from '#shared/kernel/errors.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { decodeClaim, decodeClose, decodeReopen, type PlainEntry } from './draft-entries.ts'
import { scanUpdate, type UpdateScan } from './update-scan.ts'

export interface EditAuthor {
  readonly by: By
  /** `edit`: only under the id of the present page life. `stored`: under any id that this person was the first to claim. */
  readonly under: { readonly kind: 'edit'; readonly clientId: number } | { readonly kind: 'stored' }
}

export type EditVerdict =
  | { readonly verdict: 'new' }
  /** Everything in it is stored already: a retry. */
  | { readonly verdict: 'known' }
  | { readonly verdict: 'refused'; readonly kind: ErrorKind; readonly reason: DraftingReason }

export class DraftHead {
  u = 0
  /** Number of the last update: what "ready" and freezing name. Claims and marks do not move it. */
  textU = 0
  /** 1, and one more for each frozen text that was opened again. */
  generation = 1
  closed: VersionId | undefined
  readonly #claims: Layered<By>
  readonly #clocks: Layered<number>

  constructor(from?: { readonly u: number; readonly textU: number; readonly clocks: ReadonlyMap<number, number> }, under?: DraftHead) {
    this.#claims = new Layered(under ? under.#claims : undefined)
    this.#clocks = new Layered(under ? under.#clocks : undefined, from?.clocks)
    const { u = 0, textU = 0 } = from ?? under ?? {}
    this.u = u
    this.textU = textU
    this.generation = under?.generation ?? 1
    this.closed = under?.closed
  }

  /** A head that starts as this one is and may go its own way; for judging a batch before it is stored. */
  fork(): DraftHead {
    return new DraftHead(undefined, this)
  }

  ownerOf(clientId: number): By | undefined {
    return clientId === SYSTEM_CLIENT_ID ? 'system' : this.#claims.get(clientId)
  }

  judge(scan: UpdateScan, { by, under }: EditAuthor): EditVerdict {
    const { run } = scan
    const known = run ? this.#clock(run.client) : 0
    const writes = run !== undefined && run.to > known
    if (writes) {
      const allowed = under.kind === 'edit' ? run.client === under.clientId : true
      if (!allowed || this.ownerOf(run.client) !== by) return { verdict: 'refused', kind: 'forbidden', reason: 'drafting/foreign-author' }
      // An edit that leans on what nobody has would wait for ever in everybody's copy.
      if (run.from > known) return { verdict: 'refused', kind: 'conflict', reason: 'drafting/gap' }
    }
    for (const [client, upTo] of scan.needs) {
      const here = client === run?.client ? run.to : 0
      if (upTo > Math.max(here, this.#clock(client))) return { verdict: 'refused', kind: 'conflict', reason: 'drafting/gap' }
    }
    return { verdict: writes || scan.deletes ? 'new' : 'known' }
  }

  /** Takes over what is stored. An update by the system, or by an older release, was judged when it was stored. */
  apply(entry: PlainEntry, scan = entry.kind === 'update' ? scanUpdate(entry.plain) : undefined): void {
    this.applyMark(entry)
    this.u = entry.u
    if (entry.kind !== 'update') return
    this.textU = entry.u
    if (scan?.run && scan.run.to > this.#clock(scan.run.client)) this.#clocks.set(scan.run.client, scan.run.to)
  }

  #clock(client: number): number {
    return this.#clocks.get(client) ?? 0
  }

  /** Claims and marks that a snapshot covers are applied without moving the number. */
  applyMark({ kind, by, plain }: PlainEntry): void {
    if (kind === 'claim') for (const id of decodeClaim(plain)) if (this.ownerOf(id) === undefined) this.#claims.set(id, by)
    if (kind === 'close') this.closed = decodeClose(plain)
    if (kind === 'reopen') {
      this.closed = undefined
      if (decodeReopen(plain) === 'reopened') this.generation++
    }
  }
}

/** A map over another map. */
class Layered<V> {
  readonly #own: Map<number, V>
  readonly #under: Layered<V> | undefined
  constructor(under?: Layered<V>, from?: ReadonlyMap<number, V>) {
    this.#under = under
    this.#own = new Map(from)
  }
  get(key: number): V | undefined {
    return this.#own.get(key) ?? this.#under?.get(key)
  }
  set(key: number, value: V): void {
    this.#own.set(key, value)
  }
}
