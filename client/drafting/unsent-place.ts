// Where on this device the edits of a document rest that the server does not have yet. Light: asked before anything of the document is fetched.
import { rootOf } from '#client/realtime/case-storage.ts'
import type { DeviceStorage } from '#client/realtime/device-storage.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import type { CaseId, DocumentId, ParticipantId } from '#shared/kernel/ids.ts'

export interface WhoseEdits {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  readonly documentId: DocumentId
}

export function placeOfUnsent(whose: WhoseEdits): string {
  const kind = whose.documentId === settlementOf(whose.caseId).id ? 'draft' : `document:${whose.documentId}`
  return `${rootOf(whose)}${kind}:`
}

export function hasUnsentEdits(device: DeviceStorage, whose: WhoseEdits): boolean {
  return device.keys(placeOfUnsent(whose)).length > 0
}
