// The browser's own cryptography. Plain http outside localhost has none: the app says so before it comes to signing.
import { AppError } from '#shared/kernel/errors.ts'

export function deviceCrypto(): SubtleCrypto {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined // missing on plain http, whatever the types say
  if (!subtle) throw new AppError({ kind: 'unsupported', reason: 'signing/no-crypto' })
  return subtle
}
