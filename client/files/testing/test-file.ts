// A file in the small case of screens' tests.
import type { SmallCase } from '#client/app/testing/small-case.ts'
import { testId } from '#client/realtime/testing/history.ts'
import { type FileFacts, filePosted, fileReleased } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId, FileId, ParticipantId } from '#shared/kernel/ids.ts'

interface TestFile extends Partial<FileFacts> {
  readonly name: string
  readonly by: ParticipantId
  readonly audience?: Audience
  readonly text?: string
  /** Whose it is, where the mediator passed it on. */
  readonly author?: ParticipantId
}

/** Its id follows from its name: `file0` of `0.jpg`. */
export function testFile(world: SmallCase, { by, audience = 'all', text, author, ...facts }: TestFile): SmallCase {
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
  const id = testId<CommandId>(`c${facts.name}`)
  if (author) return world.happen(fileReleased, audience, { id, file, author }, by)
  return world.happen(filePosted, audience, { id, file, ...(text === undefined ? {} : { text }) }, by)
}
