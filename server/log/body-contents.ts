// What lies outside of the log and belongs to an event's body alone: bytes of a file that it names. It goes before the body does, for nobody
// would find it by anything else.
import type { BodyPlace, LogStore } from '#server/storage/ports.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { BodyOf, EventDefinition } from '#shared/protocol/define.ts'
import type { AudienceKeys } from './audience-keys.ts'
import { parseEvent, wireEvent } from './event-codec.ts'

interface ContentOwner {
  readonly caseId: CaseId
  readonly audience: Audience
}

/** Of the events of one kind. */
export interface BodyContents {
  readonly event: EventDefinition
  /** Gone for good when it resolves; doing it again is harmless. */
  readonly destroy: (owner: ContentOwner, body: unknown) => Promise<void>
}

export function contentsOf<E extends EventDefinition>(
  event: E,
  destroy: (owner: ContentOwner, body: BodyOf<E>) => Promise<void>,
): BodyContents {
  return { event, destroy: destroy as BodyContents['destroy'] } // given bodies of this very event
}

interface Deps {
  readonly log: Pick<LogStore, 'readAudience'>
  readonly keys: Pick<AudienceKeys, 'find'>
  readonly contents: readonly BodyContents[]
}

/** Read from the storage as it is: in what is folded such a body is gone already. */
export function makeDestroyContents({ log, keys, contents }: Deps): (place: BodyPlace) => Promise<void> {
  const byType = new Map(contents.map((each) => [each.event.name as string, each]))
  const definitions = new Map(contents.map(({ event }) => [event.name as string, event]))
  return async ({ caseId, audience, epoch, seq }) => {
    const [event] = await log.readAudience(caseId, audience, seq - 1, 1)
    const owner = event?.seq === seq && event.epoch === epoch && event.encryptedBody ? byType.get(event.type) : undefined
    const key = owner && (await keys.find(caseId, audience))
    if (!event || !owner || !key) return
    const { body } = parseEvent(wireEvent(caseId, event, key), definitions)
    await owner.destroy({ caseId, audience }, body)
  }
}
