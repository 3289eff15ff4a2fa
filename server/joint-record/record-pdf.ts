// The joint session on paper: who said what and when, in the order of the record.
import { type Doc, makeRoom, PAGE, printPaper, TEXT_WIDTH } from '#server/document/pdf/paper.ts'
import type { NamedPerson } from '#shared/joint-record/record-file.ts'
import { ROLES, type Role } from '#shared/kernel/actor.ts'
import { printableText } from '#shared/kernel/text/clean-text.ts'
import { localDay, localTime, TIME_ZONE } from '#shared/kernel/time-zone.ts'
import { type RecordLine, recordLines, stamp } from './record-lines.ts'
import type { RecordPaper } from './record-printing.ts'
import { type RecordWords, recordWords } from './words.ts'

const ZONE = `${TIME_ZONE.name}, ${TIME_ZONE.label}`
const GREY = '#4a4a4a'

export function recordPdf(paper: RecordPaper): Promise<Buffer> {
  const { language, exportedAt, events, number = '' } = paper
  const words = recordWords(language)
  return printPaper({
    title: words('title'),
    language,
    date: exportedAt,
    write: (doc) => {
      writeHead(doc, paper, words)
      writeLines(doc, paper, words)
    },
    footer: (page, pages) => ({
      left: words('footer.left', { number: printableText(number), entries: events.length }),
      right: words('footer.page', { page, pages }),
      small: `${words('without')} ${words('zone', { zone: ZONE })}`,
    }),
  })
}

function writeHead(doc: Doc, { title, number, exportedAt, closedAt, people }: RecordPaper, words: RecordWords): void {
  doc.font('bold').fontSize(17).text(words('title'), PAGE.left, PAGE.top, { width: TEXT_WIDTH })
  doc.fontSize(12).text(printableText(title), { width: TEXT_WIDTH })
  if (number !== undefined)
    doc
      .font('regular')
      .fontSize(10)
      .text(words('number', { number: printableText(number) }), { width: TEXT_WIDTH })
  const told = [
    words('made', { when: stamp(exportedAt), zone: ZONE }),
    closedAt === undefined ? words('open') : words('closed', { when: stamp(closedAt), zone: ZONE }),
    words('without'),
    words('checked'),
  ]
  doc.y += 8
  doc.font('regular').fontSize(9.5)
  for (const each of told) doc.text(each, PAGE.left, doc.y, { width: TEXT_WIDTH, lineGap: 2, paragraphGap: 3 })
  heading(doc, words('people'))
  doc.font('regular').fontSize(9.5)
  for (const person of people) doc.text(`${printableText(person.name)}, ${roleOf(person, words)}`, { width: TEXT_WIDTH, lineGap: 2 })
}

function writeLines(doc: Doc, { events, people, language }: RecordPaper, words: RecordWords): void {
  const byId = new Map(people.map((person) => [person.participantId, person]))
  const lines = recordLines(events, { language, words, nameOf: (id) => byId.get(id)?.name ?? '' })
  let day = ''
  for (const line of lines) {
    const today = localDay(line.at)
    if (today !== day) heading(doc, today)
    day = today
    writeLine(doc, line, line.kind === 'message' ? byId.get(line.by) : undefined, words)
  }
  if (!lines.some(({ kind }) => kind === 'message')) doc.text(words('nothing'), PAGE.left, doc.y + 8, { width: TEXT_WIDTH })
}

function writeLine(doc: Doc, line: RecordLine, author: NamedPerson | undefined, words: RecordWords): void {
  const time = localTime(line.at).slice(11, 19)
  makeRoom(doc, 30) // a head stays with the first line of its words
  if (line.kind === 'note') {
    doc.font('regular').fontSize(9).fillColor(GREY)
    doc.text(`${time}  ${printableText(line.text)}`, PAGE.left, doc.y + 4, { width: TEXT_WIDTH }).fillColor('black')
    return
  }
  const who = author ? `${printableText(author.name)}, ${roleOf(author, words)}` : ''
  doc
    .font('bold')
    .fontSize(9.5)
    .text(`${time}  ${who}`, PAGE.left, doc.y + 6, { width: TEXT_WIDTH })
  if (line.note !== undefined) {
    doc.font('regular').fontSize(9).fillColor(GREY)
    for (const part of line.note.split('\n')) doc.text(printableText(part), { width: TEXT_WIDTH, lineGap: 1 })
    doc.fillColor('black')
  }
  if (line.text !== '') doc.font('regular').fontSize(10.5).text(printableText(line.text), { width: TEXT_WIDTH, lineGap: 2 })
}

function heading(doc: Doc, text: string): void {
  makeRoom(doc, 60)
  doc
    .font('bold')
    .fontSize(11.5)
    .text(text, PAGE.left, doc.y + 12, { width: TEXT_WIDTH })
  doc.y += 2
}

function roleOf({ role, side }: NamedPerson, words: RecordWords): string {
  return [words(isRole(role) ? `role.${role}` : 'role.other'), ...(side ? [printableText(side)] : [])].join(', ')
}

function isRole(role: string): role is Role {
  return ROLES.some((each) => each === role)
}
