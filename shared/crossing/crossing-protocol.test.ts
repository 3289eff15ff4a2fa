import { expect, it } from 'vitest'
import { asId, type FileId, type ParticipantId, type PermissionId } from '#shared/kernel/ids.ts'
import { readBody } from '#shared/protocol/define.ts'
import { permissionGiven } from './crossing-protocol.ts'

const common = {
  permissionId: asId<PermissionId>('permission____________'.slice(0, 22)),
  to: 'all',
  readers: [asId<ParticipantId>('reader________________'.slice(0, 22))],
  language: 'ru',
  sentence: 'Я разрешаю',
  identityLevel: 'link-and-code',
  codes: ['sms'],
} as const
const file = {
  fileId: asId<FileId>('file__________________'.slice(0, 22)),
  name: 'счёт.pdf',
  type: 'pdf',
  size: 9,
  sha256: '0'.repeat(64),
  evidence: 'original',
  hasPreview: false,
} as const

it('[CRO-68] a permission that was stored before files could cross reads as one for words; today’s is for words or for a file, never both', () => {
  const words = { ...common, kind: 'words', text: 'Подождём' }
  expect(readBody(permissionGiven, 1, words)).toEqual(words)
  expect(readBody(permissionGiven, 2, words)).toEqual(words)
  const forFile = { ...common, kind: 'file', file, place: { epoch: 1, seq: 4 } }
  expect(readBody(permissionGiven, 2, forFile)).toEqual(forFile)
  for (const neither of [
    { ...forFile, text: 'Подождём' },
    { ...words, file },
    { ...forFile, place: undefined },
  ])
    expect(() => readBody(permissionGiven, 2, neither)).toThrow()
})
