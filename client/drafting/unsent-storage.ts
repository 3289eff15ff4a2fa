// Edits that the server does not have yet, kept on this device beside the case's other leftovers: the same prefix, so that leaving
// the case wipes them too. Each page life keeps its own record, because its edits are under its own Yjs id.
import type { DeviceStorage } from '#client/realtime/device-storage.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { base64, fromBase64 } from '#shared/kernel/bytes.ts'
import type { CaseId, DocumentId, ParticipantId } from '#shared/kernel/ids.ts'

export interface UnsentEdits {
  /** The page life that wrote them. */
  readonly clientId: number
  readonly generation: number
  /** In their order, each as large as one frame carries at most. */
  readonly updates: readonly Uint8Array[]
}

export interface UnsentStorage {
  load(): readonly UnsentEdits[]
  /** False when the browser refused: full or forbidden. */
  keep(edits: UnsentEdits): boolean
  drop(clientId: number): void
}

interface Kept {
  readonly generation: number
  readonly updates: readonly string[]
}
/** As earlier releases kept it: one update, however large. */
interface KeptAsOne {
  readonly generation: number
  readonly update: string
}

export function unsentStorage(
  deviceStorage: DeviceStorage,
  whose: { caseId: CaseId; participantId: ParticipantId; documentId: DocumentId },
): UnsentStorage {
  const { caseId, participantId, documentId } = whose
  const kind = documentId === settlementOf(caseId).id ? 'draft' : `document:${documentId}`
  const prefix = `bitim:${caseId}:${participantId}:${kind}:`
  return {
    load() {
      const found: UnsentEdits[] = []
      for (let i = 0; i < deviceStorage.length; i++) {
        const key = deviceStorage.key(i)
        if (!key?.startsWith(prefix)) continue
        try {
          const kept = JSON.parse(deviceStorage.getItem(key) ?? '') as Kept | KeptAsOne // written by this file alone
          const updates = 'updates' in kept ? kept.updates : [kept.update]
          found.push({ clientId: Number(key.slice(prefix.length)), generation: kept.generation, updates: updates.map(fromBase64) })
        } catch {
          // unreadable leftovers are worth no failure
        }
      }
      return found
    },
    keep({ clientId, generation, updates }) {
      try {
        deviceStorage.setItem(`${prefix}${clientId}`, JSON.stringify({ generation, updates: updates.map(base64) } satisfies Kept))
        return true
      } catch {
        return false // the edits live on in this page, and closing it warns
      }
    },
    drop: (clientId) => deviceStorage.removeItem(`${prefix}${clientId}`),
  }
}
