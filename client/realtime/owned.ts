// What lives as long as an open case, whoever brings it: made when it is first wished for, one of each kind, put away with the case. So a
// screen may come and go without the thing that it shows, and this mechanism knows no capability.

export interface Owned {
  /** The case is put away: what must last is kept on the device now. */
  close(): void
  /** This person has left or was taken out: nothing of it is kept anywhere, and nothing is written any more. */
  wipe(): void
}

interface AllOwned<Owner> {
  /** One for each `make`, which is a function of a module. */
  get<T extends Owned>(make: (owner: Owner) => T, owner: Owner): T
  close(): void
  wipe(): void
}

export function createOwned<Owner>(): AllOwned<Owner> {
  const known = new Map<(owner: Owner) => Owned, Owned>()
  let over: keyof Owned | undefined
  const end = (how: keyof Owned) => {
    if (over) return
    over = how
    for (const each of known.values()) each[how]()
  }
  return {
    get<T extends Owned>(make: (owner: Owner) => T, owner: Owner): T {
      const before = known.get(make)
      if (before) return before as T // the same function made it
      const made = make(owner)
      known.set(make, made)
      if (over) made[over]() // a screen that is drawn once more after the end
      return made
    },
    close: () => end('close'),
    wipe: () => end('wipe'),
  }
}
