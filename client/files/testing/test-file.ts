// A file in the small case of screens' tests.
import type { SmallCase } from '#client/app/testing/small-case.ts'
import { testId } from '#client/realtime/testing/history.ts'
import { type FileFacts, filePosted } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId, FileId, ParticipantId } from '#shared/kernel/ids.ts'

interface TestFile extends Partial<FileFacts> {
  readonly name: string
  readonly by: ParticipantId
  readonly audience?: Audience
  readonly text?: string
}

/** Its id follows from its name: `file0` of `0.jpg`. */
export function testFile(world: SmallCase, { by, audience = 'all', text, ...facts }: TestFile): SmallCase {
  const fileId = testId<FileId>(`file${facts.name.split('.')[0]}`)
  const file: FileFacts = {
    fileId,
    type: 'jpeg',
    size: 420_000,
    sha256: 'ab'.repeat(32),
    evidence: 'cleaned',
    width: 1200,
    height: 1600,
    hasPreview: true,
    ...facts,
  }
  return world.happen(filePosted, audience, { id: testId<CommandId>(`c${facts.name}`), file, ...(text === undefined ? {} : { text }) }, by)
}
