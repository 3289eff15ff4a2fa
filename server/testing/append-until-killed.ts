// A process for the crash test: appends commits and draft entries as fast as it can and prints each number only once it
// is acknowledged. It never ends by itself. Arguments: folder, case id, draft's case id.
import { commit, entry } from '#server/storage/contracts/samples.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'

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

await Promise.all([appendLog(asId<CaseId>(logCase)), appendDraft(asId<CaseId>(draftCase))])
