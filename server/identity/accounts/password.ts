// Passwords of staff: argon2id, parameters that can be raised later, and no difference in time between a wrong password and an unknown name.
import type { Entropy } from '#shared/kernel/clock.ts'
import type { Asker, PasswordWork } from './password-work.ts'

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** What argon2 writes at the head of a hash made with these parameters. */
const HEAD = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`

/** The same hash of nobody's password, so that unknown names cost what known ones do. */
const NOBODY = `${HEAD}AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`

export interface Passwords {
  hash(password: string, by: Asker): Promise<string>
  isRight(password: string, stored: string | undefined, by: Asker): Promise<boolean>
}

export function makePasswords({ entropy, work }: { entropy: Entropy; work: PasswordWork }): Passwords {
  return {
    hash: (password, by) => work.run(by, () => hashPassword(password, entropy)),
    isRight: (password, stored, by) => work.run(by, () => isPassword(password, stored)),
  }
}

async function hashPassword(password: string, entropy: Entropy): Promise<string> {
  const { hash } = await argon2()
  return hash(normalised(password), { ...PARAMETERS, salt: entropy.bytes(16, 'password salt') })
}

/** `stored` undefined: nobody has this name; takes its time, and answers no. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const { verify } = await argon2()
  const right = await verify(stored ?? NOBODY, normalised(password))
  return right && stored !== undefined
}

export function isOutdated(stored: string): boolean {
  return !stored.startsWith(HEAD)
}

/** Loaded with the first password. */
function argon2(): Promise<typeof import('@node-rs/argon2')> {
  return import('@node-rs/argon2')
}

/** The same letters typed on another keyboard are the same password. */
function normalised(password: string): string {
  return password.normalize('NFKC')
}
