import { expect, it } from 'vitest'
import { filePosted, fileReleased } from '#shared/files/files-protocol.ts'
import { asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { messagePosted, messageReleased } from '#shared/messaging/messaging-protocol.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { recordLines } from './record-lines.ts'
import { recordWords } from './words.ts'

const caseId = asId<CaseId>('c')
const [mediator, aigul] = [asId<ParticipantId>('mediator'.padEnd(22, '_')), asId<ParticipantId>('aigul'.padEnd(22, '_'))]
const file = {
  fileId: 'file'.padEnd(22, '_'),
  name: 'счёт.pdf',
  type: 'pdf',
  size: 2_340_000,
  sha256: 'ab'.repeat(32),
  evidence: 'cleaned',
  hasPreview: false,
}
const NAMES: Readonly<Record<string, string>> = { [mediator]: 'Ерлан Омаров', [aigul]: 'Айгүл Серік' }

function event(seq: number, by: ParticipantId, type: string, body: object | null): WireEvent {
  const hashes = { seen: '', salt: '', bodyDigest: '', previous: '', hash: '' }
  return { caseId, audience: 'all', epoch: 1, seq, type, version: 1, by, at: seq * 1_000, body: body && JSON.stringify(body), ...hashes }
}

it('[REC-7] [REC-8] whose words they are, who passed them on, what a file is; nothing of what was removed, and not whose released words it was', () => {
  const said = [
    event(1, aigul, messagePosted.name, { id: 'm'.padEnd(22, '_'), text: 'Өзім айтамын' }),
    event(2, mediator, messageReleased.name, { id: 'r'.padEnd(22, '_'), text: 'Төлеймін', author: aigul }),
    event(3, aigul, filePosted.name, { id: 'p'.padEnd(22, '_'), file, text: 'Қараңыз' }),
    event(4, mediator, fileReleased.name, { id: 'x'.padEnd(22, '_'), file, author: aigul }),
  ]
  for (const language of LOCALES) {
    const words = recordWords(language)
    const naming = { language, words, nameOf: (id: string) => NAMES[id] ?? '' }
    const [own, released, shown, passedOn] = recordLines(said, naming)
    expect(own).toEqual({ kind: 'message', at: 1_000, by: aigul, text: 'Өзім айтамын' })
    expect(released).toMatchObject({ by: aigul, text: 'Төлеймін', note: words('line.with-permission', { name: 'Ерлан Омаров' }) })
    expect(shown).toMatchObject({ by: aigul, text: 'Қараңыз' })
    expect(passedOn).toMatchObject({ by: aigul, note: expect.stringContaining(words('line.with-permission', { name: 'Ерлан Омаров' })) })
    expect(JSON.stringify(passedOn)).toContain(file.sha256)
    for (const part of [file.name, file.sha256, language === 'en' ? '2.3 MB' : '2,3 МБ', words('line.file-cleaned')])
      expect(JSON.stringify(shown)).toContain(part)

    const gone = said.map((each) => ({ ...each, body: null }))
    const removals = said.map(({ seq }) => event(seq + 10, mediator, bodyRedacted.name, { epoch: 1, seq }))
    const left = recordLines([...gone, ...removals], naming)
    expect(left.map(({ kind }) => kind)).toEqual(['note', 'note', 'note', 'note'])
    for (const of of [1, 3]) expect(JSON.stringify(left[of])).not.toMatch(/Айгүл|Ерлан/)
    expect(new Set(left.map((line) => (line.kind === 'note' ? line.text : ''))).size).toBe(4)
  }
})
