import { expect, it } from 'vitest'
import { encryptFiles, wholeBytes } from '#server/storage/encrypted-files.ts'
import { keysOver } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type FileId, type SideId } from '#shared/kernel/ids.ts'
import { makeAudienceFiles } from './audience-files.ts'
import { makeCopyFile } from './copy-file.ts'

it('[FIL-23] a copy has its own id, key and previews; it opens in its audience alone, and the old one stays', async () => {
  const storage = memoryStorage()
  const entropy = seededEntropy('files')
  const clock = setClock()
  const files = makeAudienceFiles({ files: encryptFiles({ files: storage.files, entropy, clock }), keys: keysOver(storage), entropy })
  const planned: string[] = []
  const due = { schedule: async (kind: string, subject: string) => void planned.push(`${kind} ${subject}`) }
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
  const copyFile = makeCopyFile({ files, due, clock })
  const asked = { of, facts, to: 'all', newFileId: asId<FileId>('new') } as const
  expect(await copyFile(asked)).toEqual({ ...facts, fileId: 'new' })
  expect(await copyFile(asked)).toEqual({ ...facts, fileId: 'new' }) // as a step that is done again
  const copy = { caseId, audience: 'all', fileId: asId<FileId>('new') } as const
  for (const each of [of, copy]) {
    const [whole, thumbnail] = [await files.open(each), await files.openPreview(each, 'thumbnail')]
    expect(whole && (await wholeBytes(whole))).toEqual(bytes)
    expect(thumbnail && (await wholeBytes(thumbnail))).toEqual(utf8('drawn'))
  }
  await expect(files.open({ ...copy, audience: of.audience })).rejects.toThrow()
  expect(await files.openPreview(copy, 'view')).toBeUndefined()
  expect(planned[0]).toBe('files/settle case/all/-/new')
  await files.destroy(of)
  expect((await storage.inspection.fileIds()).length).toBe(2)
  expect(await files.open(copy)).toBeDefined()
  await storage.close()
})
