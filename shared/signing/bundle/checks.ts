// One verdict for each part; the first fault of a part is the one that is told.
import type { NotWhole, PartFault, PartReport } from './report.ts'

export class Checks {
  readonly found: ReadonlyMap<string, Uint8Array>
  readonly #verdicts = new Map<string, PartReport>()
  constructor(found: ReadonlyMap<string, Uint8Array>) {
    this.found = found
  }

  get parts(): PartReport[] {
    return [...this.#verdicts.values()]
  }
  get anyBroken(): boolean {
    return this.parts.some(({ state }) => state === 'broken')
  }
  get allOk(): boolean {
    return this.parts.every(({ state }) => state === 'ok')
  }

  bytesOf(name: string): Uint8Array | undefined {
    const bytes = this.found.get(name)
    if (!bytes) this.notWhole(name, 'missing')
    return bytes
  }
  isBroken(name: string): boolean {
    return this.#verdicts.get(name)?.state === 'broken'
  }
  isOk(name: string): boolean {
    return this.#verdicts.get(name)?.state === 'ok'
  }
  /** Weighs more than whatever else was found at this part. */
  broken(part: string, fault: PartFault, seq?: number): void {
    if (!this.isBroken(part)) this.#verdicts.set(part, { part, state: 'broken', fault, ...(seq === undefined ? {} : { seq }) })
  }
  notWhole(part: string, fault: NotWhole): void {
    if (!this.#verdicts.has(part)) this.#verdicts.set(part, { part, state: 'not-whole', fault })
  }
  /** Every part is sound, and the archive around them is not the one that was given out. */
  otherArchive(): void {
    if (this.isOk('zip')) this.#verdicts.set('zip', { part: 'zip', state: 'not-whole', fault: 'archive-changed' })
  }
  ok(part: string): void {
    this.#verdicts.set(part, { part, state: 'ok' })
  }
  unchecked(part: string): void {
    if (!this.#verdicts.has(part)) this.#verdicts.set(part, { part, state: 'unchecked' })
  }
  /** What was looked at and found without fault. */
  settle(part: string): void {
    if (!this.#verdicts.has(part)) this.ok(part)
  }
}
