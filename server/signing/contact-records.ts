// Where a person's codes for signing go, at rest: the address in a record of its own, that it stands in the person's line.
import type { CaseLog } from '#server/log/case-log.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import { accessFold, answeredFor, contactIn } from '#shared/identity/access-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import type { CodeContact } from '#shared/signing/code-contact-routes.ts'

export interface OfPerson {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
}

interface Stored {
  /** `deviceId`: on which it was shown to reach the person; missing in those from before it was written. */
  readonly confirmed?: CodeContact & { readonly deviceId?: string }
  /** Where a code was sent to last, that nobody has shown yet. */
  readonly asked?: CodeContact
}

interface Standing {
  readonly confirmed?: CodeContact
  readonly asked?: CodeContact | undefined
  /** The devices on which the address may be read. */
  readonly shownOn: ReadonlySet<string>
}

export interface ContactRecords {
  /** What is confirmed, as far as the person's line still says so: named on a device that they disowned since, it is nobody's. */
  load(of: OfPerson): Promise<Standing>
  change(of: OfPerson, edit: (stored: Stored) => Stored): Promise<void>
}

const COLLECTION = 'code-contacts'

export function contactIdOf({ caseId, participantId }: OfPerson): string {
  return `${caseId}.${participantId}`
}

export function makeContactRecords({
  records,
  log,
}: {
  readonly records: Pick<RecordStore, 'get' | 'insert' | 'replace'>
  readonly log: Pick<CaseLog, 'state'>
}): ContactRecords {
  return {
    async load(of) {
      const { confirmed, asked } = (await records.get<Stored>(COLLECTION, contactIdOf(of)))?.value ?? {}
      const access = stateIn((await log.state(of.caseId)).audiences, accessFold, directAudience(of.participantId))
      const standing = contactIn(access, of.participantId)
      if (!confirmed || !standing) return { asked, shownOn: new Set() }
      const { deviceId = standing.deviceId, ...contact } = confirmed
      // Told, and then the server died: what rests is still the address before.
      if (standing.way !== contact.way || standing.deviceId !== deviceId) return { asked, shownOn: new Set() }
      return { asked, confirmed: contact, shownOn: answeredFor(access, deviceId) }
    },
    async change(of, edit) {
      for (;;) {
        const stored = await records.get<Stored>(COLLECTION, contactIdOf(of))
        const value = edit(stored?.value ?? {})
        const answer = stored
          ? await records.replace(COLLECTION, contactIdOf(of), stored.version, value)
          : await records.insert(COLLECTION, contactIdOf(of), value)
        if (answer === 'stored') return
      }
    },
  }
}
