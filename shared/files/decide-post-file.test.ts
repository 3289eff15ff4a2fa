import { describe, expect, it } from 'vitest'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type FileId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import type { AudienceState } from '#shared/log/fold.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { postFileRule, type UploadedFile } from './decide-post-file.ts'
import { type FileFacts, filePosted } from './files-protocol.ts'
import { postedFilesFold } from './posted-files.ts'

const SIDE: Audience = `side:${asId<SideId>('side')}`
const fileId = asId<FileId>('file')
const actor: Person = {
  kind: 'person',
  caseId: asId('case'),
  id: asId<ParticipantId>('party'),
  role: 'party',
  sideId: asId<SideId>('side'),
}
const file: FileFacts = { fileId, name: 'чек.jpg', type: 'jpeg', size: 9, sha256: 'a'.repeat(64), evidence: 'cleaned', hasPreview: true }
const ready: UploadedFile = { ready: true, audience: SIDE, file }
const room = { ...roomFold.initial, members: { [actor.id]: { since: 3, until: undefined, at: 0 } }, lastJoin: 3 }

interface Asked {
  readonly audience?: Audience
  readonly uploaded?: UploadedFile | undefined
  readonly seen?: number
  readonly phase?: 'mediating' | 'closed'
  readonly posted?: string
  readonly sees?: readonly Audience[]
  readonly text?: string
}

function decide({ audience = SIDE, seen = 3, phase = 'mediating', posted, sees = ['case', 'all', SIDE], text, ...rest }: Asked) {
  const states = new Map(
    sees.map((each): [Audience, AudienceState] => {
      const slices = {
        [roomFold.name]: room,
        [caseFold.name]: { ...caseFold.initial, phase, session: { since: 1 } },
        [postedFilesFold.name]: { places: new Map(posted ? [[fileId, { epoch: 1, seq: 5, id: posted }]] : []) },
      }
      return [each, { audience: each, epoch: 1, seq: 9, hash: '', slices }]
    }),
  )
  const facts = { uploaded: 'uploaded' in rest ? rest.uploaded : ready }
  const deciding = { actor, now: 0, newId: () => '', seen: { audience, epoch: 1, seq: seen, hash: '' }, facts }
  const input = { audience, id: asId<CommandId>('id'), fileId, ...(text === undefined ? {} : { text }) }
  return postFileRule.decide(viewOf(states), input, deciding as never) // facts of this very rule
}

const refused = (kind: string, reason?: string) => ({ decided: false, problem: reason ? { kind, reason } : { kind } })

describe('posting a file', () => {
  it.each([undefined, 'счёт за май'])('[FIL-1] is one event in its audience, with the words %s', (text) => {
    const body = { id: 'id', file, ...(text === undefined ? {} : { text }) }
    expect(decide(text === undefined ? {} : { text })).toEqual({
      decided: true,
      events: [{ definition: filePosted, audience: SIDE, body }],
    })
  })

  it.each<[string, Asked, ReturnType<typeof refused>]>([
    ['[FIL-1] in a room that one does not see', { sees: ['case', 'all'] }, refused('not-found')],
    ['[FIL-1] where nobody talks', { audience: 'case' }, refused('not-found')],
    ['[FIL-1] when the case is closed', { phase: 'closed' }, refused('conflict', 'files/closed')],
    ['[FIL-1] without an upload', { uploaded: undefined }, refused('not-found')],
    ['[FIL-2] of another room', { uploaded: { ...ready, audience: 'all' } }, refused('not-found')],
    ['[FIL-2] of another room, asked for in the joint one', { audience: 'all' }, refused('not-found')],
    ['[FIL-4] that stands there already', { posted: 'another' }, refused('not-found')],
    [
      '[FIL-1] that was refused',
      { uploaded: { ready: false, problem: { kind: 'invalid', reason: 'files/unsafe' } } },
      refused('invalid', 'files/unsafe'),
    ],
  ])('%s → refused', (_what, asked, answer) => {
    expect(decide(asked)).toEqual(answer)
  })

  it('[FIL-4] the same command is decided again, for the storage to find that it is done', () => {
    expect(decide({ posted: 'id' })).toEqual(decide({}))
  })

  it('[FIL-3] somebody has come in since the author looked: asked again', () => {
    expect(decide({ seen: 2 })).toMatchObject({ decided: false, problem: { kind: 'conflict', reason: 'messaging/readers-changed' } })
  })
})
