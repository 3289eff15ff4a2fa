// The certificate of completion: one file for everybody, a part in each language of the case, the zone on every line that holds a time.

import { type Doc, makeRoom, PAGE, printPaper, TEXT_WIDTH } from '#server/document/pdf/paper.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { printableText } from '#shared/kernel/text/clean-text.ts'
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'
import {
  accessKind,
  type Completion,
  type CompletionAccess,
  type CompletionConfirmation,
  type CompletionSigner,
  confirmationKind,
} from '#shared/signing/bundle/completion.ts'
import { hexOf } from '#shared/signing/named-digest.ts'
import type { PaperWords } from '#shared/signing/sealed-records.ts'
import { type CompletionWords, completionWords } from './words.ts'

/** Its bytes depend on the completion and the words alone; the release record holds their digest. */
export function completionPdf(completion: Completion, paperWords: PaperWords): Promise<Buffer> {
  const wordsIn = (language: Locale) => completionWords(language, paperWords)
  const words = wordsIn(completion.language)
  const languageOfPage: Locale[] = []
  return printPaper({
    title: words('completion.title'),
    language: completion.language,
    date: Date.parse(completion.releasedAt),
    write: (doc) => {
      for (const [i, language] of completion.languages.entries()) {
        if (i > 0) doc.addPage()
        writeIn(doc, completion, wordsIn(language))
        while (languageOfPage.length < doc.bufferedPageRange().count) languageOfPage.push(language)
      }
    },
    footer: (page, pages) => {
      const footerWords = wordsIn(languageOfPage[page - 1] ?? completion.language)
      return {
        left: footerWords('footer.code', { code: completion.textCode }),
        right: footerWords('footer.page', { page, pages }),
        small: `${footerWords('statement')} ${footerWords('time.zone')}`,
      }
    },
  })
}

function writeIn(doc: Doc, completion: Completion, words: CompletionWords): void {
  doc.font('bold').fontSize(17).text(words('completion.title'), PAGE.left, doc.y, { width: TEXT_WIDTH })
  paragraph(doc, words('completion.lead'))

  heading(doc, words('completion.agreement'))
  if (completion.caseNumber) fact(doc, words('completion.case'), printableText(completion.caseNumber))
  fact(doc, words('completion.code'), completion.textCode)
  fact(doc, words('completion.text'), hexOf(completion.textDigest))
  fact(doc, words('completion.pdf'), hexOf(completion.pdfDigest))
  fact(doc, words('completion.frozen'), withZone(completion.frozenAt))
  fact(doc, words('completion.released'), withZone(completion.releasedAt))

  heading(doc, words('completion.signers'))
  for (const signer of completion.signers) writeSigner(doc, signer, words)

  if (completion.corrections) {
    heading(doc, words('completion.corrections'))
    for (const { was, is, correctedAt } of completion.corrections)
      paragraph(doc, words('correction.line', { time: withZone(correctedAt), was: printableText(was), is: printableText(is) }))
  }

  if (completion.access) {
    heading(doc, words('completion.access'))
    paragraph(doc, words('access.lead'))
    for (const line of completion.access) paragraph(doc, accessWords(line, words))
  }

  if (completion.confirmed) {
    heading(doc, words('completion.confirmed'))
    paragraph(doc, words('confirmed.lead'))
    writeConfirmed(doc, completion.confirmed, words)
  }

  heading(doc, words('completion.authority'))
  paragraph(doc, words('authority.lead'))
  fact(doc, words('authority.digits'), completion.authority.digits)
  fact(doc, words('authority.sha256'), hexOf(completion.authority.digest))

  heading(doc, words('completion.meaning'))
  paragraph(doc, words('statement'))
  heading(doc, words('completion.verify'))
  paragraph(doc, words('verify.lead'))
}

function accessWords(line: CompletionAccess, words: CompletionWords): string {
  const said = words(`access.${accessKind(line)}`, { device: printableText(line.device ?? '') })
  return words('access.line', { time: withZone(line.at), name: printableText(line.name), said })
}

/** By whom and when stands once above what one person confirmed at one time. */
function writeConfirmed(doc: Doc, confirmed: readonly CompletionConfirmation[], words: CompletionWords): void {
  for (const [index, line] of confirmed.entries()) {
    const before = confirmed[index - 1]
    if (before?.at !== line.at || before.by !== line.by)
      paragraph(doc, words('confirmed.by', { time: withZone(line.at), name: printableText(line.by) }))
    paragraph(doc, `•  ${words(`confirmed.${confirmationKind(line)}`, { found: printableText(line.found) })}`)
  }
}

function writeSigner(doc: Doc, signer: CompletionSigner, words: CompletionWords): void {
  makeRoom(doc, 130)
  doc.y += 6
  doc.font('bold').fontSize(11).text(printableText(signer.name), PAGE.left, doc.y, { width: TEXT_WIDTH })
  doc
    .font('regular')
    .fontSize(9)
    .text([words(`role.${signer.role}`), ...(signer.side ? [printableText(signer.side)] : [])].join(', '), { width: TEXT_WIDTH })
  doc.y += 2
  const { read } = signer.method
  fact(doc, words('completion.signed'), withZone(signer.signedAt))
  fact(
    doc,
    words('completion.read'),
    read === 'self' ? words('read.self') : words('read.by', { name: printableText(read.by), language: words(`language.${read.language}`) }),
  )
  fact(doc, words('completion.confirmation'), words(`confirmation.${signer.method.confirmation}`))
  fact(doc, words('completion.identity'), words(`identity.${signer.identityLevel}`))
  fact(doc, words('completion.certificate'), words('certificate.serial', { serial: signer.certificateSerial }))
  fact(doc, words('completion.signature'), hexOf(signer.signatureDigest))
}

function heading(doc: Doc, text: string): void {
  makeRoom(doc, 60)
  doc.y += 10
  doc.font('bold').fontSize(12).text(text, PAGE.left, doc.y, { width: TEXT_WIDTH })
  doc.y += 3
}

function paragraph(doc: Doc, text: string): void {
  doc.font('regular').fontSize(9.5).text(text, PAGE.left, doc.y, { width: TEXT_WIDTH, lineGap: 1.5 })
  doc.y += 3
}

/** A name at the left, its value beside it. */
function fact(doc: Doc, name: string, value: string): void {
  const valueX = PAGE.left + 150
  doc.font('regular').fontSize(8)
  const height = Math.max(doc.heightOfString(name, { width: 140 }), doc.heightOfString(value, { width: TEXT_WIDTH - 150 }))
  makeRoom(doc, height)
  const y = doc.y
  doc.fillColor('#4a4a4a').text(name, PAGE.left, y, { width: 140 })
  doc.fillColor('black').text(value, valueX, y, { width: TEXT_WIDTH - 150 })
  doc.y = y + height + 2.5
}

/** `2026-11-22T14:03:22+05:00` to `22.11.2026 14:03:22, Asia/Almaty (UTC+5)`. */
function withZone(moment: string): string {
  const [date = '', time = ''] = moment.replace(/[+-]\d\d:\d\d$/, '').split('T')
  return `${date.split('-').reverse().join('.')} ${time}, ${TIME_ZONE.name} (${TIME_ZONE.label})`
}
