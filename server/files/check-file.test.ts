// What is taken and what is refused, by the bytes themselves: over files at rest, with the very tasks that threads run.
import { describe, expect, it } from 'vitest'
import { encryptFiles } from '#server/storage/encrypted-files.ts'
import { keysOver } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { type RunsTasks, WorkerFailure } from '#server/workers/task.ts'
import type { Evidence, FileReason } from '#shared/files/files-protocol.ts'
import { asId, type CaseId, type FileId } from '#shared/kernel/ids.ts'
import { makeAudienceFiles } from './audience-files.ts'
import { makeCheckFile } from './check-file.ts'
import { makeDrawPreviews } from './draw-previews.ts'
import { drawTasks } from './draw-worker.ts'
import type { ScanAnswer } from './scan-file.ts'
import { archive, docx, joined, jpeg, odt, pdf, png, pngThatSays } from './testing/sample-files.ts'

/** In this very thread: what a task answers is looked at here, not where it runs. */
const here: RunsTasks = {
  async run(task, _key, input) {
    const performer = drawTasks.find(({ name }) => name === task.name)
    try {
      return (await performer?.perform((typeof input === 'function' ? await (input as () => Promise<unknown>)() : input) as never)) as never // its own task
    } catch (cause) {
      throw new WorkerFailure('failed', cause instanceof Error ? cause.name : 'unknown')
    }
  },
}

interface Scene {
  readonly evidence?: Evidence
  readonly scanned?: ScanAnswer
}

async function checked(name: string, bytes: Uint8Array, { evidence = 'original', scanned }: Scene = {}) {
  const storage = memoryStorage()
  const entropy = seededEntropy('files')
  const files = makeAudienceFiles({
    files: encryptFiles({ files: storage.files, entropy, clock: setClock() }),
    keys: keysOver(storage),
    entropy,
  })
  const of = { caseId: asId<CaseId>('case'), audience: 'all', fileId: asId<FileId>('file') } as const
  await files.write(of, [bytes])
  const check = makeCheckFile({ files, draw: makeDrawPreviews(here), scan: scanned && (async () => scanned) })
  const answer = await check(of, { name, evidence, worker: 'w' })
  const [thumbnail, view] = [await files.openPreview(of, 'thumbnail'), await files.openPreview(of, 'view')]
  await storage.close()
  return { answer, thumbnail: thumbnail?.length, view: view?.length }
}

const reasonOf = ({ answer }: Awaited<ReturnType<typeof checked>>) => (answer.ok ? 'taken' : answer.problem.reason)
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
const HTML = '<!doctype html><script>alert(1)</script>'
const riff = joined('OggS', new Uint8Array(24), '\x01vorbis', new Uint8Array(64))

describe('what a file is', () => {
  it.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['фото.jpg', () => jpeg()],
    ['фото.JPEG', () => jpeg({ exif: true })],
    ['экран.png', () => png()],
    ['счёт.pdf', () => pdf()],
    ['договор.docx', () => docx()],
    ['кесте.xlsx', () => archive([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }])],
    ['хат.odt', () => odt()],
    ['чат.txt', () => joined('12.11.2026, 14:03 - Айгүл: сәлем 🙂\r\n')],
    ['дауыс.ogg', () => riff],
  ])('[FIL-10] %s is taken for what its bytes are', async (name, make) => {
    expect(reasonOf(await checked(name, await make()))).toBe('taken')
  })

  it.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    ['a page under the name of a picture', 'фото.jpg', () => joined(HTML)],
    ['a drawing with a script', 'фото.png', () => joined(SVG)],
    ['a drawing under the name of a text', 'сурет.txt', () => joined(SVG)],
    ['a page under the name of a text', 'хат.txt', () => joined('\n ', HTML)],
    ['a script', 'скрипт.txt', () => joined('#!/bin/sh\nrm -rf /')],
    ['a program', 'счёт.pdf', () => joined('MZ', new Uint8Array(400))],
    ['a program under the name of a text', 'оқы.txt', () => joined('\x7fELF', new Uint8Array(400))],
    ['a text that is none', 'хат.txt', () => Uint8Array.of(0xd0, 0xff, 0xfe, 0xd0)],
    ['a picture of another kind', 'фото.png', () => jpeg()],
    ['an archive', 'договор.docx', () => archive([{ name: 'a.txt' }])],
    ['an archive under the name of a PDF', 'счёт.pdf', () => archive([{ name: 'a.txt' }])],
    ['a PDF that begins with something else', 'счёт.pdf', async () => joined(HTML, await pdf())],
    ['nothing but noise', 'фото.webp', () => new Uint8Array(100)],
  ])('[FIL-10] %s is refused', async (_what, name, make) => {
    expect(reasonOf(await checked(name, await make()))).toBe('files/other-than-named' satisfies FileReason)
  })
})

describe('two things in one', () => {
  it.each<[string, string, () => Promise<Uint8Array>]>([
    ['a picture that is an archive too', 'фото.jpg', async () => joined(await jpeg(), archive([{ name: 'run.js' }]))],
    ['the same with something behind it', 'фото.jpg', async () => joined(await jpeg(), archive([{ name: 'run.js' }]), 'xxxx')],
    ['a PDF that is an archive too', 'счёт.pdf', async () => joined(await pdf(), archive([{ name: 'run.jar' }]))],
    ['a picture with a page behind it', 'фото.png', async () => joined(await png(), HTML)],
    [
      'a still picture that is a script too',
      'фото.gif',
      async () => joined('GIF89a/*', new Uint8Array(20), '*/=1;<script>alert(1)</script>'),
    ],
    ['a PDF with a page in its head', 'счёт.pdf', async () => joined('%PDF-1.4 ', HTML, '\n', await pdf())],
  ])('[FIL-11] %s is refused', async (_what, name, make) => {
    expect(reasonOf(await checked(name, await make()))).toBe('files/unsafe' satisfies FileReason)
  })

  const MANY = Array.from({ length: 2_500 }, (_, at) => ({ name: `word/${at}.xml`, bytes: new Uint8Array(1) }))
  it.each<[string, Uint8Array]>([
    ['with macros', docx([{ name: 'word/vbaProject.bin' }])],
    ['with macros of old sheets', docx([{ name: 'xl/macrosheets/sheet1.xml' }])],
    ['with a control', docx([{ name: 'word/activeX/activeX1.bin' }])],
    ['with a program', docx([{ name: 'word/embeddings/setup.EXE' }])],
    ['with another archive', docx([{ name: 'word/embeddings/more.zip' }])],
    ['with a way out of it', docx([{ name: '../../etc/passwd' }])],
    ['that would unpack to a hundred times a hundred', docx([{ name: 'word/media/bomb.xml', unpacked: 4_000_000_000 }])],
    ['with a part that packs better than words do', docx([{ name: 'word/media/bomb.xml', unpacked: 2_000_000 }])],
    ['of many parts that together would', docx(Array.from({ length: 300 }, (_, at) => ({ name: `word/${at}.xml`, unpacked: 1_000_000 })))],
    ['of more parts than any has', docx(MANY)],
    ['with one part twice', docx([{ name: 'word/document.xml' }])],
    ['with a program in front of it', joined('MZ\x90', docx())],
    ['whose list is cut', docx().subarray(0, -40)],
  ])('[FIL-11] a document %s is refused, without being unpacked', async (_what, bytes) => {
    expect(reasonOf(await checked('договор.docx', bytes))).toBe('files/other-than-named' satisfies FileReason)
  })
})

describe('pictures', () => {
  it('[FIL-12] one whose header says 30,000 × 30,000 is refused by that alone', async () => {
    const { answer } = await checked('үлкен.png', await pngThatSays(30_000, 30_000))
    expect(answer).toEqual({ ok: false, problem: { kind: 'invalid', reason: 'files/picture-too-large', details: { megapixels: 110 } } })
  })

  it('[FIL-424] one that would have to be opened whole, and takes too much room for it, is taken without a preview; others are drawn', async () => {
    // a file of a megabyte at most, and a gigabyte in memory before the first line is there
    const [depth, colours, interlaced] = [16, 6, 1]
    const large = Buffer.from(await pngThatSays(10_000, 10_000, { depth, colours, interlaced }))
    const { answer } = await checked('үлкен.png', large)
    expect(answer).toEqual({ ok: true, found: { type: 'png', width: 10_000, height: 10_000, hasPreview: false } })
    for (const progressive of [true, false])
      expect((await checked('фото.jpg', await jpeg({ progressive }))).answer).toMatchObject({ found: { hasPreview: true } })
  })

  it('[FIL-13] one that is said to be clean and is not is refused; as it is, it is taken, and its previews hold nothing of it', async () => {
    const described = await jpeg({ exif: true })
    expect(Buffer.from(described).includes('Canary Camera')).toBe(true)
    expect(reasonOf(await checked('фото.jpg', described, { evidence: 'cleaned' }))).toBe('files/not-cleaned' satisfies FileReason)
    const { answer, thumbnail = 0, view = 0 } = await checked('фото.jpg', described)
    expect(answer).toMatchObject({ ok: true, found: { type: 'jpeg', width: 640, height: 480, hasPreview: true } })
    expect([thumbnail > 0 && thumbnail <= 12 * 1024, view > 0 && view <= 150 * 1024]).toEqual([true, true])
  })

  it('[FIL-18] what cannot be drawn has no preview, and is taken', async () => {
    const broken = (await jpeg()).slice(0, 300)
    expect((await checked('фото.jpg', broken)).answer).toMatchObject({ ok: true, found: { hasPreview: false } })
    const emptied = joined('%PDF-1.7\n', 'trailer << >>\n%%EOF')
    expect((await checked('счёт.pdf', emptied)).answer).toEqual({ ok: true, found: { type: 'pdf', hasPreview: false } })
  })
})

it.each<[ScanAnswer, unknown]>([
  ['harmless', { ok: true }],
  ['harmful', { ok: false, problem: { kind: 'invalid', reason: 'files/harmful' } }],
  ['unknown', { ok: false, problem: { kind: 'unavailable', reason: 'files/cannot-check' } }],
])('[FIL-14] a scanner that says %s is believed', async (scanned, answer) => {
  expect((await checked('чат.txt', joined('сәлем'), { scanned })).answer).toMatchObject(answer as object)
})
