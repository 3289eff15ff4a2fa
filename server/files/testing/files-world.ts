// The whole platform with a case in session, and its people as senders and readers of files.

import type { Storage } from '#server/storage/ports.ts'
import type { Room } from '#server/testing/live-room.ts'
import { startSession } from '#server/testing/live-room.ts'
import { addMediator, type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import type { SendingTo } from './send-file.ts'

export interface FilesWorld {
  readonly world: PlatformWorld
  readonly storage: Storage
  readonly open: OpenCase
  readonly room: Room
  /** Of the first side, of the second, the mediator. */
  readonly senders: readonly [SendingTo, SendingTo, SendingTo]
  /** Every file that rests. */
  resting(): Promise<readonly FileId[]>
}

interface FilesOptions {
  readonly storage?: Storage
  readonly env?: Readonly<Record<string, string>>
}

export async function filesWorld({ storage = memoryStorage(), env = {} }: FilesOptions = {}): Promise<FilesWorld> {
  const world = await platformWorld({ storage, env })
  const open = await openCase(world, await addMediator(world, await setUpOwner(world)))
  const room = await startSession(world, open)
  const { url } = world
  const { caseId, people, mediator } = open
  const tokens = [people[0].session.token, people[1].session.token, mediator.token] as const
  const [first, second, third] = tokens
  return {
    world,
    storage,
    open,
    room,
    senders: [
      { url, caseId, token: first },
      { url, caseId, token: second },
      { url, caseId, token: third },
    ],
    resting: () => storage.inspection.fileIds(),
  }
}

export async function readFile(from: SendingTo, path: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${from.url}/api/cases/${from.caseId}/files${path && `/${path}`}`, {
    headers: { authorization: `Bearer ${from.token}`, ...headers },
  })
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}
