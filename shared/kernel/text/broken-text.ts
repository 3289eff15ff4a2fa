const BROKEN = /[\0\p{Surrogate}]/u
const PERHAPS_BROKEN = /[\0\ud800-\udfff]/

/** With NUL or half a surrogate pair, which storages cut or replace: two texts would become one. */
export function isBroken(text: string): boolean {
  // The first, plain search spares most texts the second.
  return PERHAPS_BROKEN.test(text) && BROKEN.test(text)
}
