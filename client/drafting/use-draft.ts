import { useEffect, useState, useSyncExternalStore } from 'react'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { actorIn } from '#client/rooms/people.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDraft } from '#shared/drafting/drafting-policy.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import { type AudienceState, sliceOf } from '#shared/log/fold.ts'
import { DraftProvider } from './draft-provider.ts'
import type { DraftSnapshot } from './draft-snapshot.ts'
import { keptWordsOf } from './kept-words.ts'
import { unsentShelf } from './unsent-shelf.ts'

export interface OpenDraft extends DraftSnapshot {
  readonly provider: DraftProvider
}

/** The draft of the open case, as long as this is shown. */
export function useDraft(me: ParticipantId): OpenDraft | undefined {
  const client = useCaseClient()
  const [provider, setProvider] = useState<DraftProvider>()
  useEffect(() => {
    const made = new DraftProvider({
      connection: client.connection,
      keptWords: keptWordsOf(client),
      // Where the case keeps nothing on this device, the draft does not either.
      shelf: client.shelf && unsentShelf(window.localStorage, { caseId: client.caseId, participantId: me }),
      frozen: () => isFrozen(client.store.snapshot().audiences.get('all')),
      mayWrite: () => mayWrite(client, me),
      clock: { now: () => client.now() },
      timers: client.timers,
    })
    const warn = (event: BeforeUnloadEvent) => {
      if (made.hasUnsent && !client.shelf) event.preventDefault()
    }
    const stop = made.subscribe(() => client.unsent.set('draft', made.hasUnsent))
    window.addEventListener('pagehide', made.keepNow)
    window.addEventListener('beforeunload', warn)
    setProvider(made)
    return () => {
      window.removeEventListener('pagehide', made.keepNow)
      window.removeEventListener('beforeunload', warn)
      stop()
      made.close()
      client.unsent.set('draft', false)
    }
  }, [client, me])
  const snapshot = useSyncExternalStore(provider?.subscribe ?? never, () => provider?.snapshot())
  return provider && snapshot && { ...snapshot, provider }
}

function isFrozen(all: AudienceState | undefined): boolean {
  return all !== undefined && sliceOf(all, draftFold).phase.kind === 'frozen'
}

function mayWrite({ store, caseId }: CaseClient, me: ParticipantId): boolean {
  const { audiences } = store.snapshot()
  const all = audiences.get('case')
  const person = all && actorIn(sliceOf(all, caseFold), caseId, me)
  return person !== undefined && canEditDraft(draftSituation(viewOf(audiences), person))
}

const never = () => () => undefined
