// Which link led to which participant on this device, so that opening the link again needs no code. The link itself is never kept, only
// its digest; a person who said "this is not my phone" is never written here.
import type { KeyStore } from '#client/http/tools.tsx'
import { asId, type CaseId, ID_PATTERN, type ParticipantId } from '#shared/kernel/ids.ts'

interface RememberedPerson {
  /** SHA-256 of the link's secret, base64url. */
  readonly link: string
  readonly participantId: ParticipantId
  readonly caseId: CaseId
}

interface RememberedPeople {
  all(): readonly RememberedPerson[]
  keep(person: RememberedPerson): void
  drop(participantId: ParticipantId): void
}

export const PEOPLE_KEY = 'bitim.people'
const MOST = 50

export function rememberedPeople(storage: KeyStore | undefined): RememberedPeople {
  const all = (): readonly RememberedPerson[] => readPeople(storage?.getItem(PEOPLE_KEY) ?? null)
  const write = (people: readonly RememberedPerson[]) => {
    try {
      if (people.length === 0) storage?.removeItem(PEOPLE_KEY)
      else storage?.setItem(PEOPLE_KEY, JSON.stringify(people.slice(-MOST)))
    } catch {
      // a full or forbidden storage only means that the link will ask for a code again
    }
  }
  return {
    all,
    keep: (person) => write([...all().filter((each) => each.participantId !== person.participantId), person]),
    drop: (participantId) => {
      const people = all()
      if (people.some((each) => each.participantId === participantId)) write(people.filter((each) => each.participantId !== participantId))
    },
  }
}

function readPeople(text: string | null): RememberedPerson[] {
  const found = parsed(text)
  return Array.isArray(found) ? found.flatMap(asPerson) : []
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]')
  } catch {
    return undefined // written by something else; as good as empty
  }
}

function asPerson(value: unknown): RememberedPerson[] {
  if (typeof value !== 'object' || value === null) return []
  const { link, participantId, caseId } = value as Record<string, unknown>
  if (typeof link !== 'string' || typeof participantId !== 'string' || typeof caseId !== 'string') return []
  if (!ID_PATTERN.test(participantId) || !ID_PATTERN.test(caseId)) return []
  return [{ link, participantId: asId(participantId), caseId: asId(caseId) }]
}
