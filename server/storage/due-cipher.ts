// How a due step rests: its kind and subject encrypted, bound to its id and its time, padded so that its length tells nothing; its id a
// keyed digest. By keys derived from the records'. What a stolen database tells is when something is to be done.
import { deriveKey, macWith } from '#server/kernel/digest.ts'
import { decryptBytes, encryptBytes } from '#server/log/body-cipher.ts'
import { base64url, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { DueStep } from './ports.ts'
import { storableText } from './storable.ts'

/** What is due, in clear. One kind has one step about each subject. */
interface DueTask {
  readonly kind: string
  readonly subject: string
  readonly at: number
}

export interface DueCipher {
  idOf(task: Pick<DueTask, 'kind' | 'subject'>): string
  encrypt(task: DueTask): DueStep
  /** Throws when it was not written here, or stands under another id or time. */
  decrypt(step: DueStep): DueTask
}

const FORM = 'bitim-due/1'
const PADDED_TO = 128

export function dueCipher(secret: Uint8Array, entropy: Entropy): DueCipher {
  const contextOf = (id: string, at: number) => utf8(JSON.stringify([FORM, id, at]))
  const key = deriveKey(secret, 'bitim due 1 encrypt')
  const mac = macWith(deriveKey(secret, 'bitim due 1 id'))
  const idOf: DueCipher['idOf'] = ({ kind, subject }) => base64url(mac(JSON.stringify([FORM, kind, storableText(subject)])))
  return {
    idOf,
    encrypt({ kind, subject, at }) {
      const id = idOf({ kind, subject })
      return { id, at, encrypted: encryptBytes(key, padded(JSON.stringify([kind, subject])), contextOf(id, at), entropy) }
    },
    decrypt({ id, at, encrypted }) {
      // Written above alone, authenticated by the cipher.
      const [kind, subject] = JSON.parse(fromUtf8(decryptBytes(key, encrypted, contextOf(id, at)))) as [string, string]
      return { kind, subject, at }
    },
  }
}

/** With spaces, which JSON passes over. */
function padded(text: string): Uint8Array {
  const bytes = utf8(text)
  return utf8(text + ' '.repeat((PADDED_TO - (bytes.length % PADDED_TO)) % PADDED_TO))
}
