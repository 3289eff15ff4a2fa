import { expect, it } from 'vitest'
import { encryptFiles, wholeBytes } from '#server/storage/encrypted-files.ts'
import { keysOver } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type CommandId, type FileId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { makeAllowances, usedOf } from './allowances.ts'
import { type AudienceFiles, makeAudienceFiles } from './audience-files.ts'
import { makeCopyFile } from './copy-file.ts'
import { makeUploadEnd } from './upload-end.ts'
import { makeUploadRecords } from './upload-records.ts'

it('[FIL-23] a copy has its own id, key and previews; it opens in its audience alone, and the old one stays', async () => {
  const storage = memoryStorage()
  const entropy = seededEntropy('files')
  const clock = setClock()
  const resting = makeAudienceFiles({ files: encryptFiles({ files: storage.files, entropy, clock }), keys: keysOver(storage), entropy })
  let takenAway = false
  const files: AudienceFiles = {
    ...resting,
    async open(place) {
      const file = await resting.open(place)
      if (!file || !takenAway || place.audience === 'all') return file
      async function* cut(pieces: AsyncIterable<Uint8Array>) {
        for await (const piece of pieces) {
          yield piece
          await resting.destroy(place) // while it is copied
        }
      }
      return { ...file, pieces: (from) => cut(file.pieces(from)) }
    },
  }
  const planned: string[] = []
  const due = { schedule: async (kind: string, subject: string) => void planned.push(`${kind} ${subject}`) }
  const records = makeUploadRecords(storage.records)
  const allowances = makeAllowances(storage.records)
  const end = makeUploadEnd({ records, allowances, files, clock })
  const caseId = asId<CaseId>('case')
  const of = { caseId, audience: sideAudience(asId<SideId>('side')), fileId: asId<FileId>('old') }
  const bytes = utf8('құпия '.repeat(20_000))
  await files.write(of, [bytes])
  await files.writePreview(of, 'thumbnail', [utf8('drawn')])
  const facts: FileFacts = {
    fileId: of.fileId,
    name: 'хат.txt',
    type: 'text',
    size: bytes.length,
    sha256: 'a'.repeat(64),
    evidence: 'original',
    hasPreview: true,
  }
  const copyFile = makeCopyFile({ files, records, allowances, mostOf: async () => bytes.length + 1, end, due, clock })
  const step = { by: asId<ParticipantId>('mediator'), commandId: asId<CommandId>('press') }
  const asked = { of, facts, to: 'all', step } as const
  const copied = await copyFile(asked)
  expect(copied).toEqual({ ...facts, fileId: expect.stringMatching(/^[\w-]{22}$/) })
  expect(await Promise.all([copyFile(asked), copyFile(asked)])).toEqual([copied, copied]) // as a step that is done again, and twice at once
  const copy = { caseId, audience: 'all', fileId: copied?.fileId ?? of.fileId } as const
  // Until it is posted it counts as an upload of whoever asked for it.
  const whose = { caseId, participantId: step.by }
  expect(usedOf(await allowances.of(whose))).toBe(bytes.length)
  const another = { ...asked, step: { ...step, commandId: asId<CommandId>('another') } }
  await expect(copyFile(another)).rejects.toMatchObject({ problem: { kind: 'conflict', reason: 'files/allowance-spent' } })
  for (const each of [of, copy]) {
    const [whole, thumbnail] = [await files.open(each), await files.openPreview(each, 'thumbnail')]
    expect(whole && (await wholeBytes(whole))).toEqual(bytes)
    expect(thumbnail && (await wholeBytes(thumbnail))).toEqual(utf8('drawn'))
  }
  await expect(files.open({ ...copy, audience: of.audience })).rejects.toThrow()
  expect(await files.openPreview(copy, 'view')).toBeUndefined()
  expect(planned[0]).toBe(`files/settle case/all/mediator/${copy.fileId}`)
  await allowances.release(whose, copy.fileId)
  takenAway = true
  expect(await copyFile(another)).toBeUndefined()
  expect(await resting.open(of)).toBeUndefined()
  expect((await storage.inspection.fileIds()).length).toBe(2)
  expect(await files.open(copy)).toBeDefined()
  expect(await copyFile(another)).toBeUndefined() // there is nothing to copy any more
  await storage.close()
})
