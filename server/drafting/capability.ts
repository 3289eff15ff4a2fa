import { serverCapability } from '#server/capability.ts'
import { printAgreement } from '#server/document/agreement-printing.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { encryptFiles, fileKey, type OpenFile } from '#server/storage/encrypted-files.ts'
import { textCode } from '#shared/document/text-code.ts'
import { cancelFreezeRule, freezeVersionRule, reopenDraftRule, requestFreezeRule } from '#shared/drafting/decide-freeze.ts'
import { correctNumberRule } from '#shared/drafting/decide-number.ts'
import { giveReadyRule, withdrawReadyRule } from '#shared/drafting/decide-ready.ts'
import {
  beginAnewRule,
  bringBackRule,
  finishRestorationRule,
  reportDeletionRule,
  undoDeletionRule,
} from '#shared/drafting/decide-restoring.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId, FileId, VersionId } from '#shared/kernel/ids.ts'
import { caseOfDraft, draftAccess } from './case-of-draft.ts'
import type { AudienceCiphers } from './document-cipher.ts'
import { draftFacts } from './draft-facts.ts'
import { draftSocketLane } from './draft-socket.ts'
import { type Drafting, makeDrafting } from './drafting-service.ts'
import { openDraftWorker } from './open-draft-worker.ts'
import { keepVersionFile, openVersionFile, versionFileId } from './version-files.ts'

interface DraftingApi {
  readonly openFile: (caseId: CaseId, id: FileId) => Promise<OpenFile | undefined>
  /** The copy of a frozen text for signing by hand, beside its other files. */
  readonly papers: {
    open(caseId: CaseId, versionId: VersionId): Promise<OpenFile | undefined>
    keep(caseId: CaseId, versionId: VersionId, bytes: Uint8Array): Promise<void>
  }
}

export const drafting = serverCapability<DraftingApi>({
  name: 'drafting',
  rules: [
    giveReadyRule,
    withdrawReadyRule,
    requestFreezeRule,
    cancelFreezeRule,
    freezeVersionRule,
    reopenDraftRule,
    bringBackRule,
    beginAnewRule,
    undoDeletionRule,
    reportDeletionRule,
    finishRestorationRule,
    correctNumberRule,
  ],
  start({ storage, keys, log, clock, timers, entropy, epoch, workers, onTrouble }) {
    const ciphers: AudienceCiphers = async (caseId, audience) => {
      const key = await keys.load(caseId, audience)
      return { ...fileKey(key), encrypt: (context, plain) => key.encrypt(utf8(context), plain, entropy) }
    }
    const files = { files: encryptFiles({ files: storage.files, entropy, clock }), ciphers }
    const service = makeDrafting({
      ...files,
      ...caseOfDraft(log),
      store: storage.drafts,
      clock,
      timers,
      epoch,
      worker: openDraftWorker({ pool: workers }),
      textCode,
      makePdf: (text, { caseId, language, at, textCode: code, caseNumber }) =>
        workers.run(printAgreement, caseId, { text, textCode: code, language, frozenAt: at, caseNumber }),
      onTrouble,
    })
    return {
      api: {
        openFile: (caseId, id) => openVersionFile(files, caseId, id),
        papers: {
          open: (caseId, versionId) => openVersionFile(files, caseId, versionFileId(versionId, 'paper')),
          keep: (caseId, versionId, bytes) => keepVersionFile(files, caseId, versionFileId(versionId, 'paper'), bytes),
        },
      },
      facts: draftFacts(service),
      lanes: [draftSocketLane({ drafting: service, ...draftAccess({ log, clock }) })],
      subscribers: [settling(service)],
      follow: () => Promise.all(service.openDocuments().map((place) => service.notice(place, Number.POSITIVE_INFINITY))),
      close: service.close,
    }
  },
})

/** It tells of trouble itself, and tries again. */
function settling(service: Pick<Drafting, 'settle'>): Subscriber {
  return {
    name: 'drafting',
    committed({ caseId, events }) {
      if (events.some((event) => event.audience === 'all' && event.type.startsWith('draft:'))) void service.settle(caseId)
    },
    loaded: (caseId) => void service.settle(caseId),
  }
}
