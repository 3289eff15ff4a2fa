// The draft's part of the composition: its lane on the socket, its draft worker, and the freezing that follows from the log.
import type { AudienceCipher, AudienceCiphers } from '#server/drafting/document-cipher.ts'
import { draftSocketLane } from '#server/drafting/draft-socket.ts'
import { type Drafting, makeDrafting } from '#server/drafting/drafting-service.ts'
import { openDraftWorker } from '#server/drafting/open-draft-worker.ts'
import { keepVersionFile, readVersionFile, versionFileId } from '#server/drafting/version-files.ts'
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase } from '#server/log/case-state.ts'
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import { stepId } from '#server/log/step-id.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import type { ErrorLog } from '#server/realtime/acknowledge.ts'
import type { Connection } from '#server/realtime/socket-server.ts'
import type { PaperStore } from '#server/signing/paper-copies.ts'
import type { Printing } from '#server/signing/printing.ts'
import type { Storage } from '#server/storage/ports.ts'
import { unlessClosing } from '#server/workers/task.ts'
import type { WorkerPool } from '#server/workers/worker-pool.ts'
import { type CaseState, caseFold } from '#shared/cases/case-state.ts'
import { textCode } from '#shared/document/text-code.ts'
import { draftHeadFact, savedStatesFact } from '#shared/drafting/draft-facts.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDocument, canReadDocument, canReadDraft, canReadStates, canRestore } from '#shared/drafting/drafting-policy.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { restoringFold } from '#shared/drafting/restoring-state.ts'
import { templateOf } from '#shared/drafting/template.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, FileId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'
import { RULES } from '#shared/rules.ts'
import type { System } from './system.ts'

const NO_DRAFT = { revision: 0, generation: 0 }

/** Kazakhstan has one zone since 2024: UTC+5. Days in papers are days there. */
const ZONE_OFFSET = 5 * 3_600_000

interface Deps {
  readonly storage: Pick<Storage, 'drafts' | 'files'>
  readonly keys: AudienceKeys
  readonly log: CaseLog
  readonly system: System
  readonly errors: ErrorLog
  readonly workers: WorkerPool
  readonly printing: Pick<Printing, 'agreement'>
  /** Of the installation. */
  readonly epoch: number
}

export interface ComposedDrafting {
  readonly service: Drafting
  readonly lane: (connection: Connection) => void
  readonly facts: readonly FactProvider[]
  readonly ciphers: AudienceCiphers
  readonly subscriber: Subscriber
  readonly readFile: (caseId: CaseId, id: FileId) => Promise<Uint8Array | undefined>
  readonly papers: PaperStore
}

export function composeDrafting({ storage, keys, log, system, errors, workers, printing, epoch }: Deps): ComposedDrafting {
  const { clock, timers, entropy } = system
  const ciphers: AudienceCiphers = async (caseId, audience) => {
    const key = await keys.load(caseId, audience)
    const audienceCipher: AudienceCipher = {
      encrypt: (context, plain) => key.encrypt(utf8(context), plain, entropy),
      decrypt: (context, encrypted) => key.decrypt(utf8(context), encrypted),
    }
    return audienceCipher
  }
  const files = { files: storage.files, ciphers }

  const service = makeDrafting({
    ...files,
    store: storage.drafts,
    clock,
    timers,
    epoch,
    worker: openDraftWorker({ pool: workers }),
    textCode,
    makePdf: (text, { caseId, language, at, textCode: code }) =>
      printing.agreement(caseId, { text, textCode: code, language, frozenAt: at }),
    async template(caseId) {
      const { facts, openedAt } = caseOf(await log.state(caseId))
      if (!facts) throw new AppError({ kind: 'not-found' })
      return templateOf(facts, new Date(openedAt + ZONE_OFFSET).toISOString().slice(0, 10))
    },
    async language(caseId) {
      return caseOf(await log.state(caseId)).facts?.draftLanguage ?? 'ru'
    },
    async draftState(caseId) {
      await log.refresh(caseId)
      const folded = (await log.state(caseId)).audiences.get('all')
      return folded ? sliceOf(folded, draftFold) : draftFold.initial
    },
    async restoring(caseId) {
      const folded = (await log.state(caseId)).audiences.get('all')
      return folded ? sliceOf(folded, restoringFold) : restoringFold.initial
    },
    async runSystem(caseId, command, input, cause) {
      const rule = RULES.find((each) => each.command.name === command.name)
      if (!rule) throw new Error(`no rule for ${command.name}`)
      return log.step(caseId, rule, input, stepId(cause))
    },
    onTrouble: unlessClosing((error) => void errors.unknown(error)),
  })

  function situation(actor: Person) {
    const state = log.loaded(actor.caseId)
    const all = state.audiences.get('all')
    const { phase, session } = caseOf(state)
    return {
      phase,
      session,
      inAll: all !== undefined && readsAt(sliceOf(all, roomFold), actor.id, clock.now()),
      // Whether the text is closed is the draft's own sequence to say, edit by edit.
      draft: 'open' as const,
    }
  }

  /** Nobody outside the joint session has it looked up, or a draft made: trouble with a draft, too, says that there is one. */
  const head = provideFact(draftHeadFact, async ({ caseId, actor, view }) =>
    actor.kind === 'person' && canReadDraft(draftSituation(view, actor)) ? service.head(caseId) : NO_DRAFT,
  )

  const saved = provideFact(savedStatesFact, async ({ caseId, actor, view }) =>
    actor.kind === 'person' && canRestore(actor, draftSituation(view, actor)) ? service.savedStates(caseId) : [],
  )

  return {
    service,
    ciphers,
    facts: [head, saved],
    lane: draftSocketLane({
      drafting: service,
      errors,
      mayRead: (actor, document) => canReadDocument(document, actor, situation(actor)),
      mayRestore: (actor) => canReadStates(actor, situation(actor)),
      mayWrite: (actor, document) => canEditDocument(document, actor, situation(actor)),
    }),
    subscriber: {
      name: 'drafting',
      committed({ caseId, events }) {
        if (events.some((event) => event.audience === 'all' && event.type.startsWith('draft:'))) void service.settle(caseId)
      },
      loaded: (caseId) => void service.settle(caseId), // tells of trouble itself, and tries again
    },
    readFile: (caseId, id) => readVersionFile(files, caseId, id),
    papers: {
      read: (caseId, versionId) => readVersionFile(files, caseId, versionFileId(versionId, 'paper')),
      keep: (caseId, versionId, bytes) => keepVersionFile(files, caseId, versionFileId(versionId, 'paper'), bytes),
    },
  }
}

function caseOf(state: LoadedCase): CaseState {
  const folded = state.audiences.get('case')
  return folded ? sliceOf(folded, caseFold) : caseFold.initial
}
