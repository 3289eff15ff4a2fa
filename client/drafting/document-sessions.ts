// The documents that are open here: one session for each, opened when somebody first wants to see it, and kept as long as the case is open
// and its person may read it. Screens come and go; the text stays, goes on arriving, and is the same when they come back.
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { actorIn, caseFold } from '#shared/cases/case-state.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDocument, canReadDocument, type DraftSituation } from '#shared/drafting/drafting-policy.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { DocumentId, ParticipantId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { DocumentSession } from './document-session.ts'
import { keptWordsOf } from './kept-words.ts'
import { hasUnsentEdits } from './unsent-place.ts'
import { unsentStorage } from './unsent-storage.ts'

export interface DocumentSessions extends Owned {
  of(id: DocumentId): DocumentSession | undefined
  /** Somebody looks at a document: it is opened if its person may read it, at once or as soon as they may. */
  watch(document: CaseDocument, listener: () => void): () => void
}

interface Open {
  readonly document: CaseDocument
  readonly session: DocumentSession
  readonly stop: () => void
}

/** Kept by the open case: `client.owned(documentSessions)`. */
export function documentSessions(client: CaseClient): DocumentSessions {
  const sessions = new Map<DocumentId, Open>()
  const watched = new Map<() => void, CaseDocument>()
  let over = false
  const changed = () => {
    for (const listener of [...watched.keys()]) listener()
  }

  function open(document: CaseDocument): void {
    const me = knownIn(client)?.person.id
    if (!over && me && !sessions.has(document.id)) sessions.set(document.id, openSession(client, document, me))
  }

  function end(id: DocumentId, how: keyof Owned): void {
    const ended = sessions.get(id)
    sessions.delete(id)
    ended?.session[how]()
    ended?.stop()
  }

  function heedLog(): void {
    const before = new Set(sessions.keys())
    for (const { document, session } of [...sessions.values()]) {
      if (may(canReadDocument, client, document)) session.heedLog()
      else end(document.id, 'close')
    }
    for (const document of watched.values()) if (may(canReadDocument, client, document)) open(document)
    if (before.size !== sessions.size || [...sessions.keys()].some((id) => !before.has(id))) changed()
  }

  const warn = (event: BeforeUnloadEvent) => {
    if ([...sessions.values()].some(({ session }) => session.unsent === 'on-page')) event.preventDefault()
  }
  window.addEventListener('beforeunload', warn)
  const stopHearing = client.store.subscribe(heedLog)

  const endAll = (how: keyof Owned) => {
    over = true
    window.removeEventListener('beforeunload', warn)
    stopHearing()
    for (const id of [...sessions.keys()]) end(id, how)
    changed()
    watched.clear()
  }

  return {
    of: (id) => sessions.get(id)?.session,
    watch(document, listener) {
      watched.set(listener, document)
      if (!sessions.has(document.id)) heedLog()
      return () => watched.delete(listener)
    },
    close: () => endAll('close'),
    wipe: () => endAll('wipe'),
  }
}

function openSession(client: CaseClient, document: CaseDocument, participantId: ParticipantId): Open {
  const { caseId, connection, timers, unsent, storage } = client
  const { id, kind } = document
  const whose = { caseId, participantId, documentId: id }
  const session = new DocumentSession({
    document,
    connection,
    keptWords: keptWordsOf(client, kind),
    // Where the case keeps nothing on this device, its documents do not either.
    storage: storage && unsentStorage(storage.device, whose),
    frozen: () => kind === 'settlement' && knownIn(client)?.situation.draft === 'frozen',
    mayWrite: () => may(canEditDocument, client, document),
    clock: { now: () => client.now() },
    timers,
  })
  const mark = kind === 'note' ? 'note' : 'draft'
  const tell = () => unsent.set(mark, session.unsent !== 'nothing')
  tell()
  const unsubscribe = session.subscribe(tell)
  const stop = () => {
    unsubscribe()
    unsent.set(mark, storage !== undefined && hasUnsentEdits(storage.device, whose))
  }
  return { document, session, stop }
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
