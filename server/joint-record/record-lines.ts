// What a reader sees of the joint session's record, line by line, from its events alone. Kinds of events that say nothing to a reader are
// left to the file beside the paper.
import { draftReopened, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { type FileFacts, filePosted, fileReleased } from '#shared/files/files-protocol.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { localTime } from '#shared/kernel/time-zone.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { recordClosed } from '#shared/messaging/joint-record-protocol.ts'
import { messagePosted, messageReleased } from '#shared/messaging/messaging-protocol.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { readBody } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'
import { agreementReleased } from '#shared/signing/signing-protocol.ts'
import type { RecordWords } from './words.ts'

export type RecordLine =
  /** `note`: what we say of it, under its author's name. */
  | { readonly kind: 'message'; readonly at: number; readonly by: string; readonly text: string; readonly note?: string }
  | { readonly kind: 'note'; readonly at: number; readonly text: string }

interface Naming {
  readonly language: Locale
  readonly words: RecordWords
  /** The name of a participant; '' for none that the case knows. */
  readonly nameOf: (id: string) => string
}

/** Of what was released it is not known any more whose they were. */
const REMOVED = {
  [messagePosted.name]: 'line.removed',
  [messageReleased.name]: 'line.released-removed',
  [filePosted.name]: 'line.file-removed',
  [fileReleased.name]: 'line.released-file-removed',
} as const

export function recordLines(events: readonly WireEvent[], naming: Naming): readonly RecordLine[] {
  const { words, nameOf } = naming
  const removed = removals(events)
  return events.flatMap((event): readonly RecordLine[] => {
    const { at, by, seq } = event
    const note = (text: string): readonly RecordLine[] => [{ kind: 'note', at, text }]
    switch (event.type) {
      case messagePosted.name:
      case messageReleased.name:
      case filePosted.name:
      case fileReleased.name: {
        const gone = removed.get(seq)
        return gone === undefined ? spoken(event, naming) : note(words(REMOVED[event.type], { name: nameOf(by), when: stamp(gone) }))
      }
      case roomJoined.name:
        return note(words('line.came', { name: nameOf(bodyOf(event, roomJoined)?.participantId ?? '') }))
      case roomLeft.name:
        return note(words('line.went', { name: nameOf(bodyOf(event, roomLeft)?.participantId ?? '') }))
      case versionFrozen.name:
        return note(words('line.frozen', { code: bodyOf(event, versionFrozen)?.textCode ?? '' }))
      case draftReopened.name:
        return note(words('line.reopened'))
      case agreementReleased.name:
        return note(words('line.released'))
      case recordClosed.name:
        return note(words('line.closed', { name: nameOf(by) }))
      default:
        return []
    }
  })
}

/** What somebody has said or shown to all: in their own words, in words that were released, or as a file. */
function spoken(event: WireEvent, { language, words, nameOf }: Naming): readonly RecordLine[] {
  const { at, by } = event
  if (event.type === filePosted.name) {
    const posted = bodyOf(event, filePosted)
    return posted ? [{ kind: 'message', at, by, text: posted.text ?? '', note: fileNote(posted.file, language, words) }] : []
  }
  const passedOn = words('line.with-permission', { name: nameOf(by) })
  if (event.type === fileReleased.name) {
    const released = bodyOf(event, fileReleased)
    if (!released) return []
    return [{ kind: 'message', at, by: released.author, text: '', note: `${passedOn}\n${fileNote(released.file, language, words)}` }]
  }
  if (event.type === messageReleased.name) {
    const released = bodyOf(event, messageReleased)
    return released ? [{ kind: 'message', at, by: released.author, text: released.text, note: passedOn }] : []
  }
  const said = bodyOf(event, messagePosted)
  return said ? [{ kind: 'message', at, by, text: said.text }] : []
}

const KB = 1_000
const MB = 1_000_000

function fileNote({ name, size, sha256, evidence }: FileFacts, language: Locale, words: RecordWords): string {
  const number = (value: number, digits: number) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)
  const measured =
    size < MB
      ? words('size.kb', { size: number(Math.max(1, Math.round(size / KB)), 0) })
      : words('size.mb', { size: number(size / MB, size < 10 * MB ? 1 : 0) })
  return [words('line.file', { name, size: measured }), words(`line.file-${evidence}`), words('line.file-hash', { sha256 })].join('\n')
}

/** `2026-11-22 14:03`, in the zone that stands on the paper. */
export function stamp(milliseconds: number): string {
  return localTime(milliseconds).slice(0, 16).replace('T', ' ')
}

/** When each message or file that is gone was removed, by its number. Of several removals the first counts. */
function removals(events: readonly WireEvent[]): ReadonlyMap<number, number> {
  const gone = new Map<number, number>()
  for (const event of events) {
    const named = event.type === bodyRedacted.name ? bodyOf(event, bodyRedacted) : undefined
    if (named && !gone.has(named.seq)) gone.set(named.seq, event.at)
  }
  return gone
}

function bodyOf<Body>(event: WireEvent, definition: EventDefinition<`${string}:${string}`, Body>): Body | undefined {
  return event.body === null ? undefined : readBody(definition, event.version, JSON.parse(event.body))
}
