// Edits that the server does not have yet, kept on this device beside the case's other leftovers: the same prefix, so that leaving
// the case wipes them too. Each page life keeps its own record, because its edits are under its own Yjs id.
import type { Drawer } from '#client/realtime/shelves.ts'
import { base64, fromBase64 } from '#shared/kernel/bytes.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

export interface UnsentEdits {
  /** The page life that wrote them. */
  readonly clientId: number
  readonly generation: number
  readonly update: Uint8Array
}

export interface UnsentShelf {
  load(): readonly UnsentEdits[]
  keep(edits: UnsentEdits): void
  drop(clientId: number): void
}

interface Kept {
  readonly generation: number
  readonly update: string
}

export function unsentShelf(drawer: Drawer, whose: { caseId: CaseId; participantId: ParticipantId }): UnsentShelf {
  const prefix = `bitim:${whose.caseId}:${whose.participantId}:draft:`
  return {
    load() {
      const found: UnsentEdits[] = []
      for (let i = 0; i < drawer.length; i++) {
        const key = drawer.key(i)
        if (!key?.startsWith(prefix)) continue
        try {
          const { generation, update } = JSON.parse(drawer.getItem(key) ?? '') as Kept // written by this file alone
          found.push({ clientId: Number(key.slice(prefix.length)), generation, update: fromBase64(update) })
        } catch {
          // unreadable leftovers are worth no failure
        }
      }
      return found
    },
    keep({ clientId, generation, update }) {
      try {
        drawer.setItem(`${prefix}${clientId}`, JSON.stringify({ generation, update: base64(update) } satisfies Kept))
      } catch {
        // full or forbidden: the edits live on in this page, and closing it warns
      }
    },
    drop: (clientId) => drawer.removeItem(`${prefix}${clientId}`),
  }
}
