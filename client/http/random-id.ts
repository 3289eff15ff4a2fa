import { base64url } from '#shared/kernel/bytes.ts'

/** 16 random bytes: a clause's id, a version's id. */
export function randomId(random: Pick<Crypto, 'getRandomValues'> = crypto): string {
  return base64url(random.getRandomValues(new Uint8Array(16)))
}
