// What one person is about to sign, between asking for a confirmation and giving the signature: one at a time, the later voids the earlier,
// ten minutes, readable only with the signers' key. Its nonce is used up by the first certificate.
import type { DueKind, DueTimes } from '#server/due/due.ts'
import { makeExpiry } from '#server/due/expiry.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import { base64, fromBase64, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { FileId, ParticipantId } from '#shared/kernel/ids.ts'
import type { SigningMethod } from '#shared/signing/record-fields.ts'
import type { SignersCipher, SignersPlace } from './signers-files.ts'

export const CONFIRMATION_MS = 10 * 60_000

export interface SigningPlace extends SignersPlace {
  readonly participantId: ParticipantId
}

type Confirmation =
  | { readonly state: 'asked'; readonly nonce: string; readonly at: number }
  | {
      readonly state: 'certified'
      readonly at: number
      /** SHA-256 of the certificate, hexadecimal. */
      readonly certificateDigest: string
      /** The server's, milliseconds. */
      readonly signingTime: number
      readonly method: SigningMethod
      /** Where the signature's bytes will rest. */
      readonly fileId: FileId
      /** Whose key it is; missing in those from before it was written. */
      readonly deviceId?: string
    }

interface Stored {
  readonly versionId: string
  readonly sealed: string
  /** Missing in those from before there were due steps. */
  readonly endsAt?: number
}

export interface FoundConfirmation {
  readonly confirmation: Confirmation
  readonly version: number
}

export interface Confirmations {
  /** Forgets those that ended. */
  readonly dueKind: DueKind
  /** Undefined when there is none for this version, or it is too old. */
  find(place: SigningPlace): Promise<FoundConfirmation | undefined>
  /** Voids whatever was there. */
  begin(place: SigningPlace, confirmation: Confirmation): Promise<void>
  /** False when somebody else was first: what was found is no longer what stands. */
  advance(place: SigningPlace, from: FoundConfirmation, confirmation: Confirmation): Promise<boolean>
  forget(place: Pick<SigningPlace, 'caseId' | 'participantId'>): Promise<void>
}

const COLLECTION = 'signing-confirmations'

interface ConfirmationsDeps {
  readonly records: Pick<RecordStore, 'get' | 'insert' | 'replace' | 'remove'>
  readonly due: DueTimes
  readonly cipher: SignersCipher
  readonly clock: Clock
}

export function makeConfirmations({ records, due, cipher, clock }: ConfirmationsDeps): Confirmations {
  const ending = { kind: 'signing/confirmation-ended', collection: COLLECTION, endOf: ({ endsAt = 0 }: Stored) => endsAt }
  const expiry = makeExpiry({ records, due, clock }, ending)
  const idOf = ({ caseId, participantId }: Pick<SigningPlace, 'caseId' | 'participantId'>) => `${caseId}.${participantId}`

  async function encrypted(place: SigningPlace, confirmation: Confirmation): Promise<Stored> {
    const bytes = await cipher.encrypt(place, `confirmation ${idOf(place)}`, utf8(JSON.stringify(confirmation)))
    return { versionId: place.versionId, sealed: base64(bytes), endsAt: confirmation.at + CONFIRMATION_MS }
  }

  return {
    dueKind: expiry.dueKind,
    async find(place) {
      const stored = await records.get<Stored>(COLLECTION, idOf(place))
      if (stored?.value.versionId !== place.versionId) return undefined
      const plain = await cipher.decrypt(place, `confirmation ${idOf(place)}`, fromBase64(stored.value.sealed))
      const confirmation = JSON.parse(fromUtf8(plain)) as Confirmation // written by this file alone, authenticated by the cipher
      return clock.now() - confirmation.at > CONFIRMATION_MS ? undefined : { confirmation, version: stored.version }
    },
    async begin(place, confirmation) {
      const value = await encrypted(place, confirmation)
      await expiry.schedule(idOf(place), value)
      for (;;) {
        const stored = await records.get<Stored>(COLLECTION, idOf(place))
        const answer = stored
          ? await records.replace(COLLECTION, idOf(place), stored.version, value)
          : await records.insert(COLLECTION, idOf(place), value)
        if (answer === 'stored') return
      }
    },
    async advance(place, { version }, confirmation) {
      return (await records.replace(COLLECTION, idOf(place), version, await encrypted(place, confirmation))) === 'stored'
    },
    forget: (place) => records.remove(COLLECTION, idOf(place)),
  }
}
