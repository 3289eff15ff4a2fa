// Who has given this phone away and can take it back by their own code: what they are called for short, and nothing of their case but where it is.
// On a device that is somebody's own it stays; on any other it ends with the tab, as their cookie does with the browser.
import type { KeyStore } from '#client/http/tools.tsx'
import { givenAndFamily } from '#client/ui/base/given-family.ts'
import { asId, type CaseId, ID_PATTERN, type ParticipantId } from '#shared/kernel/ids.ts'

export interface PersonOnPhone {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  readonly name: string
  readonly keep: boolean
}

/** Undefined where the browser keeps nothing. */
export interface PhoneStores {
  readonly lasting: KeyStore | undefined
  readonly tab: KeyStore | undefined
}

export const PHONE_KEY = 'bitim.phone'
const MOST = 10

export function peopleOnPhone({ lasting, tab }: PhoneStores): readonly PersonOnPhone[] {
  return [...readFrom(lasting, true), ...readFrom(tab, false)]
}

export function addToPhone({ lasting, tab }: PhoneStores, person: PersonOnPhone): void {
  removeFromPhone({ lasting, tab }, person.participantId)
  const store = person.keep ? lasting : tab
  const others = peopleOnPhone({ lasting, tab })
  const short = leastName(person.name)
  const name = others.some((other) => other.name === short) ? person.name : short
  write(store, [...readFrom(store, person.keep), { ...person, name }])
}

/** By which a person knows themselves, and a stranger nobody: the first name, of the family name one letter. */
function leastName(name: string): string {
  const words = name.trim().split(/\s+/)
  const [given = '', family = ''] = givenAndFamily(name) ?? words
  return [given, ...[...family].slice(0, 1).map((letter) => `${letter}.`)].join(' ')
}

export function removeFromPhone({ lasting, tab }: PhoneStores, participantId: ParticipantId): void {
  for (const [store, keep] of [[lasting, true] as const, [tab, false] as const]) {
    const people = readFrom(store, keep)
    const others = people.filter((person) => person.participantId !== participantId)
    if (others.length < people.length) write(store, others)
  }
}

/** Somebody else has used this phone: who acts has to be said, and who leaves it gives it away. */
export function isShared(stores: PhoneStores, me: ParticipantId): boolean {
  return peopleOnPhone(stores).some(({ participantId }) => participantId !== me)
}

function write(store: KeyStore | undefined, people: readonly PersonOnPhone[]): void {
  const kept = people.slice(-MOST).map(({ caseId, participantId, name }) => ({ caseId, participantId, name }))
  try {
    if (kept.length === 0) store?.removeItem(PHONE_KEY)
    else store?.setItem(PHONE_KEY, JSON.stringify(kept))
  } catch {
    // a full or forbidden storage: they come back by their own link
  }
}

function readFrom(store: KeyStore | undefined, keep: boolean): readonly PersonOnPhone[] {
  let found: unknown
  try {
    found = JSON.parse(store?.getItem(PHONE_KEY) ?? '[]')
  } catch {
    return [] // written by something else
  }
  if (!Array.isArray(found)) return []
  return found.flatMap((value: unknown): PersonOnPhone[] => {
    if (typeof value !== 'object' || value === null) return []
    const { caseId, participantId, name } = value as Record<string, unknown> // any object can be asked
    if (typeof caseId !== 'string' || typeof participantId !== 'string' || typeof name !== 'string') return []
    if (!ID_PATTERN.test(caseId) || !ID_PATTERN.test(participantId)) return []
    return [{ caseId: asId(caseId), participantId: asId(participantId), name, keep }]
  })
}
