// Six digits that prove a moment: joining on a device, signing a version. One code per purpose and subject, few tries, used once.
// A million codes are soon tried by whoever steals the database, however slow the hash; so they are MACed under a key that does not rest there.
// Tries are counted in the record before anybody is answered: neither a restart nor a hundred requests at once give one more.
import { timingSafeEqual } from 'node:crypto'
import type { DueKind, DueTimes } from '#server/due/due.ts'
import { makeExpiry } from '#server/due/expiry.ts'
import { decryptWith, encryptWith, NONCE_BYTES } from '#server/kernel/cipher.ts'
import { macWith, sha256Text } from '#server/kernel/digest.ts'
import type { RecordStore, StoredRecord } from '#server/storage/ports.ts'
import type { CodeWay } from '#shared/identity/code-ways.ts'
import { CODE_DIGITS, CODE_TRIES } from '#shared/identity/join-fields.ts'
import { base64url, fromBase64url, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import { keyFor } from '../random.ts'

export interface CodeFor {
  /** `join`, `sign`, … */
  readonly purpose: string
  /** What exactly is proven: an invitation; a person and a version. */
  readonly subject: string
}

interface CodeRecord {
  readonly state: 'waiting' | 'used'
  readonly salt: string
  readonly mac: string
  readonly way: CodeWay
  readonly madeAt: number
  readonly expiresAt: number
  readonly tries: number
  readonly purpose: string
  /** For a mediator to read out, encrypted; gone when used. */
  readonly shown: { readonly caseId: CaseId; readonly participantId: ParticipantId; readonly sealed: string } | null
}

export type CodeState = Pick<CodeRecord, 'state' | 'way' | 'madeAt' | 'expiresAt' | 'tries'>

export type CodeAnswer =
  | { readonly ok: true; readonly way: CodeWay; readonly madeAt: number }
  | {
      readonly ok: false
      readonly reason: 'identity/code-missing' | 'identity/code-used' | 'identity/code-expired' | 'identity/code-locked'
    }
  | { readonly ok: false; readonly reason: 'identity/wrong-code'; readonly left: number }

interface ReadOut {
  readonly participantId: ParticipantId
  readonly purpose: string
  readonly code: string
  readonly expiresAt: number
}

export interface OneTimeCodes {
  /** Forgets codes that ended. */
  readonly dueKind: DueKind
  /** A new code; the one before is void. `showTo`: the mediators of the case can see it until it is used. */
  makeCode(
    of: CodeFor,
    about: { way: CodeWay; lifeMs?: number; showTo?: { caseId: CaseId; participantId: ParticipantId } },
  ): Promise<{ code: string; way: CodeWay; expiresAt: number }>
  /** Counts the try, and uses the code up when it is right. `before` runs on a right code just before that: if it throws, the code stays good. */
  checkCode(of: CodeFor, code: string, before?: () => Promise<void>): Promise<CodeAnswer>
  stateOf(of: CodeFor): Promise<CodeState | undefined>
  forget(of: CodeFor): Promise<void>
  toReadOut(caseId: CaseId): Promise<readonly ReadOut[]>
}

const COLLECTION = 'one-time-codes'
export const CODE_LIFE_MS = 10 * 60_000

interface CodesDeps {
  readonly records: RecordStore
  readonly due: DueTimes
  readonly clock: SteadyClock
  readonly entropy: Entropy
  readonly tokenKey: Uint8Array
}

export function createOneTimeCodes({ records, due, clock, entropy, tokenKey }: CodesDeps): OneTimeCodes {
  const ending = { kind: 'identity/code-ended', collection: COLLECTION, endOf: ({ expiresAt }: CodeRecord) => expiresAt }
  const expiry = makeExpiry({ records, due, clock }, ending)
  const mac = macWith(keyFor(tokenKey, 'one-time code'))
  const encryptionKey = keyFor(tokenKey, 'code to be read out')
  const macOf = (id: string, salt: string, code: string) => base64url(mac(`${id}\n${salt}\n${code}`))

  function encrypt(id: string, code: string): string {
    const nonce = entropy.bytes(NONCE_BYTES, 'code to be read out')
    return base64url(encryptWith(encryptionKey, utf8(code), { nonce, context: utf8(id) }))
  }

  function decrypt(id: string, encrypted: string): string {
    return fromUtf8(decryptWith(encryptionKey, fromBase64url(encrypted), utf8(id)))
  }

  const load = (id: string) => records.get<CodeRecord>(COLLECTION, id)
  const replace = async (stored: StoredRecord<CodeRecord>, value: CodeRecord) =>
    (await records.replace(COLLECTION, stored.id, stored.version, value, keysOf(value))) === 'stored'

  return {
    dueKind: expiry.dueKind,
    async makeCode(of, { way, lifeMs = CODE_LIFE_MS, showTo }) {
      const id = idOf(of)
      const code = newCode(entropy)
      const salt = base64url(entropy.bytes(16, 'code salt'))
      const now = clock.now()
      const record: CodeRecord = {
        state: 'waiting',
        salt,
        mac: macOf(id, salt, code),
        way,
        madeAt: now,
        expiresAt: now + lifeMs,
        tries: 0,
        purpose: of.purpose,
        shown: showTo && way === 'read-out' ? { ...showTo, sealed: encrypt(id, code) } : null,
      }
      await expiry.schedule(id, record)
      for (;;) {
        const stored = await load(id)
        const done = stored ? await replace(stored, record) : (await records.insert(COLLECTION, id, record, keysOf(record))) === 'stored'
        if (done) return { code, way, expiresAt: clock.onWall(record.expiresAt) }
      }
    },
    async checkCode(of, code, before) {
      const id = idOf(of)
      for (;;) {
        const stored = await load(id)
        const refusal = refusalOf(stored?.value, clock.now())
        if (!stored || refusal) return { ok: false, reason: refusal ?? 'identity/code-missing' }
        const { value } = stored
        const tries = value.tries + 1
        const right = timingSafeEqual(utf8(macOf(id, value.salt, code)), utf8(value.mac))
        if (right) await before?.()
        const next: CodeRecord = right ? { ...value, state: 'used', tries, shown: null } : { ...value, tries }
        // Somebody tried at the same moment: their try counts first, ours is judged again.
        if (!(await replace(stored, next))) continue
        if (right) return { ok: true, way: value.way, madeAt: value.madeAt }
        return tries >= CODE_TRIES
          ? { ok: false, reason: 'identity/code-locked' }
          : { ok: false, reason: 'identity/wrong-code', left: CODE_TRIES - tries }
      }
    },
    async stateOf(of) {
      return (await load(idOf(of)))?.value
    },
    forget: (of) => records.remove(COLLECTION, idOf(of)),
    async toReadOut(caseId) {
      const found = await records.find<CodeRecord>(COLLECTION, 'case', caseId)
      // A later one stands below: nothing moves away under a finger.
      const inTurn = found.toSorted((a, b) => a.value.expiresAt - b.value.expiresAt)
      return inTurn.flatMap(({ id, value }) =>
        value.shown && refusalOf(value, clock.now()) === undefined
          ? [
              {
                participantId: value.shown.participantId,
                purpose: value.purpose,
                code: decrypt(id, value.shown.sealed),
                expiresAt: clock.onWall(value.expiresAt),
              },
            ]
          : [],
      )
    },
  }
}

function refusalOf(record: CodeRecord | undefined, now: number) {
  if (!record) return 'identity/code-missing'
  if (record.state === 'used') return 'identity/code-used'
  if (record.tries >= CODE_TRIES) return 'identity/code-locked'
  return record.expiresAt <= now ? 'identity/code-expired' : undefined
}

function keysOf(record: CodeRecord) {
  return record.shown ? { index: { case: record.shown.caseId } } : {}
}

/** Purposes and subjects can be long and telling; the id is neither. */
function idOf({ purpose, subject }: CodeFor): string {
  return sha256Text(`${purpose.length}:${purpose}${subject}`)
}

/** Every code from 000000 to 999999 is equally likely: what would favour the small ones is drawn again. */
function newCode(entropy: Entropy): string {
  const count = 10 ** CODE_DIGITS
  const fair = Math.floor(2 ** 32 / count) * count
  for (;;) {
    const bytes = entropy.bytes(4, 'one-time code')
    const number = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
    if (number < fair) return String(number % count).padStart(CODE_DIGITS, '0')
  }
}
