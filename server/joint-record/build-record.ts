// Makes the archive of a joint record: the paper is drawn, the statement over all of it sealed, the files put side by side.
import type { CaseLog } from '#server/log/case-log.ts'
import type { RunsTasks } from '#server/workers/task.ts'
import type { CaseFacts } from '#shared/cases/case-state.ts'
import { type NamedPerson, RECORD_FORMAT, RECORD_PART, type RecordStatement, recordJson } from '#shared/joint-record/record-file.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { toPem } from '#shared/signing/bundle/pem.ts'
import { writeZip } from '#shared/signing/bundle/stored-zip.ts'
import { digestOf, fromEventHash } from '#shared/signing/named-digest.ts'
import { type SealingKey, seal } from '#shared/signing/seal.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'
import { recordReadme } from './readme.ts'
import { printedRecord } from './record-printing.ts'

interface Deps {
  readonly log: Pick<CaseLog, 'readWhole'>
  readonly crypto: Verifier
  readonly workers: RunsTasks
  readonly sealing: SealingKey
  readonly authority: { readonly certificateDer: Uint8Array }
}

interface Asked {
  readonly caseId: CaseId
  readonly facts: CaseFacts
  readonly closedAt: number | undefined
  readonly language: Locale
  readonly now: number
}

export async function buildRecord(deps: Deps, { caseId, facts, closedAt, language, now }: Asked): Promise<Uint8Array> {
  const events = await deps.log.readWhole(caseId, 'all')
  const last = events.at(-1)
  if (!last) throw new Error('a joint session without any event')
  const exportedAt = Math.max(now, last.at) // a clock that was set back must not make it older than what stands in it
  const { title, number } = facts
  const people = peopleIn(facts)
  const pdf = await printedRecord(deps.workers, caseId, { title, number, language, exportedAt, closedAt, people, events })
  const readme = utf8(recordReadme())
  const { crypto, authority, sealing } = deps
  const statement: RecordStatement = {
    record: 'joint-record',
    format: RECORD_FORMAT,
    caseId,
    title,
    ...(number === undefined ? {} : { number }),
    exportedAt,
    ...(closedAt === undefined ? {} : { closedAt }),
    people: [...people],
    head: { seq: last.seq, digest: fromEventHash(last.hash) },
    parts: { [RECORD_PART.readme]: await digestOf(crypto, readme), [RECORD_PART.pdf]: await digestOf(crypto, pdf) },
    authority: await digestOf(crypto, authority.certificateDer),
  }
  const sealed = await seal(crypto, sealing, { caseId, kind: 'joint-record', payload: statement, at: exportedAt })
  return writeZip([
    { name: RECORD_PART.readme, bytes: readme },
    { name: RECORD_PART.pdf, bytes: pdf },
    { name: RECORD_PART.record, bytes: utf8(recordJson({ statement, seal: sealed, events })) },
    { name: RECORD_PART.authority, bytes: utf8(toPem('CERTIFICATE', authority.certificateDer)) },
    { name: RECORD_PART.sealing, bytes: utf8(toPem('CERTIFICATE', sealing.certificateDer)) },
  ])
}

function peopleIn({ people, sides }: CaseFacts): readonly NamedPerson[] {
  return people.map(({ id, name, role, sideId }) => {
    const side = sides.find((each) => each.id === sideId)?.name
    return { participantId: id, name, role, ...(side === undefined ? {} : { side }) }
  })
}
