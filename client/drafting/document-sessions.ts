// The documents that are open here: one session for each, opened when somebody first wants to see it, and kept as long as the case is open
// and its person may read it. Screens come and go; the text stays, goes on arriving, and is the same when they come back.
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { actorIn, caseFold } from '#shared/cases/case-state.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDocument, canReadDocument, type DraftSituation } from '#shared/drafting/drafting-policy.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { DocumentId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { DraftProvider } from './draft-provider.ts'
import { keptWordsOf } from './kept-words.ts'
import { unsentStorage } from './unsent-storage.ts'

export interface DocumentSessions extends Owned {
  of(id: DocumentId): DraftProvider | undefined
  /** Somebody looks at a document: it is opened if its person may read it, at once or as soon as they may. */
  watch(document: CaseDocument, listener: () => void): () => void
}

interface Session {
  readonly document: CaseDocument
  readonly lane: DraftProvider
  readonly stop: () => void
}

/** Kept by the open case: `client.owned(documentSessions)`. */
export function documentSessions(client: CaseClient): DocumentSessions {
  const sessions = new Map<DocumentId, Session>()
  const watched = new Map<() => void, CaseDocument>()
  let over = false
  const changed = () => {
    for (const listener of [...watched.keys()]) listener()
  }

  function open(document: CaseDocument): void {
    const me = knownIn(client)?.person.id
    if (over || !me || sessions.has(document.id)) return
    const { id, kind } = document
    const lane = new DraftProvider({
      document,
      connection: client.connection,
      keptWords: keptWordsOf(client, kind),
      // Where the case keeps nothing on this device, its documents do not either.
      storage: client.storage && unsentStorage(window.localStorage, { caseId: client.caseId, participantId: me, documentId: id }),
      frozen: () => kind === 'settlement' && knownIn(client)?.situation.draft === 'frozen',
      mayWrite: () => may(canEditDocument, client, document),
      clock: { now: () => client.now() },
      timers: client.timers,
    })
    const mark = kind === 'note' ? 'note' : 'draft'
    const unsubscribe = lane.subscribe(() => client.unsent.set(mark, lane.hasUnsent))
    const stop = () => {
      unsubscribe()
      client.unsent.set(mark, false)
    }
    sessions.set(id, { document, lane, stop })
  }

  function end(id: DocumentId, how: keyof Owned): void {
    const session = sessions.get(id)
    sessions.delete(id)
    session?.stop()
    session?.lane[how]()
  }

  function heedLog(): void {
    const before = new Set(sessions.keys())
    for (const { document, lane } of [...sessions.values()]) {
      if (may(canReadDocument, client, document)) lane.heedLog()
      else end(document.id, 'close')
    }
    for (const document of watched.values()) if (may(canReadDocument, client, document)) open(document)
    if (before.size !== sessions.size || [...sessions.keys()].some((id) => !before.has(id))) changed()
  }

  const keepNow = () => {
    for (const { lane } of sessions.values()) lane.keepNow()
  }
  const warn = (event: BeforeUnloadEvent) => {
    if (!client.storage && [...sessions.values()].some(({ lane }) => lane.hasUnsent)) event.preventDefault()
  }
  window.addEventListener('pagehide', keepNow)
  window.addEventListener('beforeunload', warn)
  const stopHearing = client.store.subscribe(heedLog)

  const endAll = (how: keyof Owned) => {
    over = true
    window.removeEventListener('pagehide', keepNow)
    window.removeEventListener('beforeunload', warn)
    stopHearing()
    for (const id of [...sessions.keys()]) end(id, how)
    changed()
    watched.clear()
  }

  return {
    of: (id) => sessions.get(id)?.lane,
    watch(document, listener) {
      watched.set(listener, document)
      if (!sessions.has(document.id)) heedLog()
      return () => watched.delete(listener)
    },
    close: () => endAll('close'),
    wipe: () => endAll('wipe'),
  }
}

interface Known {
  readonly person: Person
  readonly situation: DraftSituation
}

/** Undefined while this device knows nothing of the case, or of its person in it. */
function knownIn({ store, caseId }: CaseClient): Known | undefined {
  const { audiences, me } = store.snapshot()
  const all = audiences.get('case')
  const person = all && me && actorIn(sliceOf(all, caseFold), caseId, me)
  return person && { person, situation: draftSituation(viewOf(audiences), person) }
}

function may(policy: typeof canReadDocument, client: CaseClient, document: CaseDocument): boolean {
  const known = knownIn(client)
  return known !== undefined && policy(document, known.person, known.situation)
}
