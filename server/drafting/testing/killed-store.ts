// A process that dies while it asks its store for something: nothing that it asks for later is done or answered.
import type { DraftStore } from '#server/storage/ports.ts'

export interface Death {
  readonly where: keyof DraftStore
  readonly moment: 'before' | 'after'
  /** At which of these calls; the first, unless it is said. */
  readonly call?: number
}

/** Calls while it is not armed do not count. */
export function killedAt(store: DraftStore, { where, moment, call = 1 }: Death, isArmed = () => true) {
  let isDead = false
  let calls = 0
  let die = () => {}
  const killed = new Promise<void>((resolve) => {
    die = resolve
  })
  const dying = Object.fromEntries(
    Object.entries(store).map(([name, work]) => [
      name,
      async (...asked: unknown[]) => {
        const isHere = name === where && isArmed() && ++calls === call
        if (isHere && moment === 'before') isDead = true
        const answer = isDead ? undefined : await work(...asked)
        if (isHere) isDead = true
        if (!isDead) return answer
        die()
        return new Promise(() => {})
      },
    ]),
  ) as unknown as DraftStore // the same methods, under the same names
  return { store: dying, killed }
}
