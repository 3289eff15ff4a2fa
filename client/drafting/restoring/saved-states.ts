// The earlier texts of a document, asked for when they are looked at: nothing of them stays on the device.

import { useCallback, useEffect, useState } from 'react'
import { type Connection, ConnectionLost } from '#client/realtime/connection.ts'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { DRAFT_WIRE, type DraftStateAck, type DraftStatesAck } from '#shared/drafting/draft-wire.ts'
import type { DocumentId } from '#shared/kernel/ids.ts'
import type { Ack } from '#shared/protocol/wire.ts'

type Asker = Pick<Connection, 'ask'>

export const askStates = (connection: Asker, documentId: DocumentId) => connection.ask<DraftStatesAck>(DRAFT_WIRE.states, { documentId })

export const askState = (connection: Asker, documentId: DocumentId, revision: number) =>
  connection.ask<DraftStateAck>(DRAFT_WIRE.state, { documentId, revision })

export type Asked<Value> =
  | { readonly kind: 'asking' }
  | { readonly kind: 'there'; readonly value: Value }
  | { readonly kind: 'failed'; readonly problem: ShownProblem }

/** Asks when first shown and whenever `ask` is another; what is answered too late is dropped. */
export function useAsked<Value>(ask: () => Promise<Ack<Value>>): readonly [Asked<Value>, again: () => void] {
  const [asked, setAsked] = useState<Asked<Value>>({ kind: 'asking' })
  const [times, setTimes] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once more is asked anew
  useEffect(() => {
    let wanted = true
    setAsked({ kind: 'asking' })
    ask().then(
      (ack) => wanted && setAsked(ack.ok ? { kind: 'there', value: ack.value } : { kind: 'failed', problem: ack.problem }),
      (error: unknown) => {
        if (!(error instanceof ConnectionLost)) throw error
        if (wanted) setAsked({ kind: 'failed', problem: { kind: 'offline' } })
      },
    )
    return () => {
      wanted = false
    }
  }, [ask, times])
  return [asked, useCallback(() => setTimes((before) => before + 1), [])]
}
