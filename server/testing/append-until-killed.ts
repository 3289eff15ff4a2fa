// A process for the crash test: appends commits and draft entries, and writes files, as fast as it can and prints each number only once it
// is acknowledged. It never ends by itself. Arguments: folder, case id, draft's case id.
import { bytes, commit, entry, randomText, upTo } from '#server/storage/contracts/samples.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { asId, type CaseId, type FileId } from '#shared/kernel/ids.ts'

const [folder = '', logCase = '', draftCase = ''] = process.argv.slice(2)
const storage = openSqlite({ folder })

async function appendLog(caseId: CaseId): Promise<never> {
  for (let commitNumber = 1; ; commitNumber += 3) {
    const answers = await storage.log.append([commitNumber, commitNumber + 1, commitNumber + 2].map((each) => commit(caseId, each)))
    for (const [i, answer] of answers.entries()) process.stdout.write(`log ${commitNumber + i} ${answer}\n`)
  }
}

async function appendDraft(caseId: CaseId): Promise<never> {
  const { id: documentId } = settlementOf(caseId)
  for (let revision = 1; ; revision++) {
    const [answer] = await storage.drafts.append([entry({ caseId, documentId }, revision)])
    process.stdout.write(`draft ${revision} ${answer}\n`)
  }
}

async function writeFiles(): Promise<never> {
  for (;;) {
    const id = asId<FileId>(randomText())
    const writing = storage.files.write(id, 0)
    for (const _ of upTo(12)) await writing.append(bytes(3_000))
    await writing.finish({ header: bytes(70), mac: bytes(32) })
    process.stdout.write(`file ${id} stored\n`)
  }
}

await Promise.all([writeFiles(), appendLog(asId<CaseId>(logCase)), appendDraft(asId<CaseId>(draftCase))])
