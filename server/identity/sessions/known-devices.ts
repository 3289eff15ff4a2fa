// A device from which somebody signed in before: what strangers do at that account does not slow it down.
// Its cookie is good for one address of mail, signs nobody in, and tells nothing: a random id and a MAC.
import { timingSafeEqual } from 'node:crypto'
import type { RequestContext } from '#server/http/request-context.ts'
import { macWith } from '#server/kernel/digest.ts'
import { base64url, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { keyFor, newId } from '../random.ts'

const COOKIE = { name: 'bitim_device', path: '/api' } as const
/** As long as browsers keep any cookie. */
const LIFE_SECONDS = 400 * 86_400
/** People who share one browser. */
const MAX_PEOPLE = 4

export interface KnownDevices {
  /** The id of this device at this address of mail; undefined for one that was not let in here before. */
  idFor(context: Pick<RequestContext, 'cookie'>, email: string): string | undefined
  remember(context: Pick<RequestContext, 'cookie' | 'setCookie'>, email: string, about: { keep: boolean }): void
}

export function createKnownDevices({ tokenKey, entropy }: { tokenKey: Uint8Array; entropy: Entropy }): KnownDevices {
  const macOf = macWith(keyFor(tokenKey, 'known device'))
  const entryOf = (id: string, email: string) => `${id}.${base64url(macOf(`${id}\n${email}`))}`

  function entriesIn(context: Pick<RequestContext, 'cookie'>): readonly string[] {
    const value = context.cookie(COOKIE.name) ?? ''
    return value.split('~', MAX_PEOPLE).filter((entry) => /^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/.test(entry))
  }

  function entryFor(context: Pick<RequestContext, 'cookie'>, email: string): string | undefined {
    return entriesIn(context).find((entry) => timingSafeEqual(utf8(entry), utf8(entryOf(entry.slice(0, 22), email))))
  }

  return {
    idFor: (context, email) => entryFor(context, email)?.slice(0, 22),
    remember(context, email, { keep }) {
      const own = entryFor(context, email) ?? entryOf(newId(entropy, 'known device'), email)
      const others = entriesIn(context).filter((entry) => entry !== own)
      const value = [own, ...others].slice(0, MAX_PEOPLE).join('~')
      context.setCookie({ ...COOKIE, value, maxAgeSeconds: keep ? LIFE_SECONDS : undefined })
    },
  }
}
