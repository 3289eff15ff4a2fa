// Who has changed the settlement since one's own "ready". Edits carry no author: the server is asked, not with every letter.
import { useEffect, useRef, useState } from 'react'
import { ConnectionLost } from '#client/realtime/connection.ts'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { settlementOf } from '#shared/document/case-documents.ts'
import { DRAFT_WIRE, type DraftWritersAck } from '#shared/drafting/draft-wire.ts'
import { restoringFold } from '#shared/drafting/restoring-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { OpenDraft } from './use-draft.ts'

const ASK_EVERY = 4_000
const NOBODY: readonly ParticipantId[] = []

/** Whoever wrote behind that text, and whoever had an earlier one brought back since; empty while it is not known. */
export function useWriters(
  { joined, revision }: Pick<OpenDraft, 'joined' | 'revision'>,
  since: number | undefined,
): readonly ParticipantId[] {
  const { caseId, connection, timers, now } = useCaseClient()
  const restored = useSlice(restoringFold, 'all')?.restored
  const [known, setKnown] = useState<{ readonly since: number; readonly writers: readonly ParticipantId[] }>()
  const nextAt = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is written after an answer is asked for anew
  useEffect(() => {
    if (since === undefined || !joined) return
    return timers.after(Math.max(0, nextAt.current - now()), () => {
      nextAt.current = now() + ASK_EVERY
      connection.ask<DraftWritersAck>(DRAFT_WIRE.writers, { documentId: settlementOf(caseId).id }).then(
        (ack) => ack.ok && setKnown({ since, writers: ack.value.writers }),
        (error: unknown) => {
          if (!(error instanceof ConnectionLost)) throw error
        },
      )
    })
  }, [since, joined, revision, caseId, connection, timers, now])
  if (since === undefined) return NOBODY
  const by =
    restored?.flatMap(({ by, outcome }) => ('revision' in outcome && outcome.revision > since && by !== 'system' ? [by] : [])) ?? []
  return [...(known?.since === since ? known.writers : NOBODY), ...by]
}
