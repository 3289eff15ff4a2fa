import { describe, expect, it } from 'vitest'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { block } from '#shared/document/document-block.ts'
import { textDigest } from '#shared/document/text-code.ts'
import { hex, utf8 } from '#shared/kernel/bytes.ts'
import { readFrozenText } from './frozen-text.ts'

const crypto = globalThis.crypto.subtle
const documentWith = (text: string) => [block('a', 'clause', 1, text)]
const frozen = canonicalText(documentWith('Долг составляет 1 840 000 ₸.'))
if (!frozen.ok) throw new Error('a sound text')
const version = { textDigest: hex(await textDigest(crypto, frozen.text)) }
const never = () => Promise.reject(new Error('not asked for'))

describe('the text that a device shows and signs', () => {
  it('[SIG-3] is made from the device’s own copy, without asking the server for it', async () => {
    const blocks = documentWith('Долг составляет 1 840 000 ₸.')
    const text = await readFrozenText({ crypto, own: { blocks, held: true }, download: never }, version)
    expect(text).toMatchObject({ kind: 'same', from: 'device', text: frozen.text })
    // what came after the closing is not called the device's own
    expect(await readFrozenText({ crypto, own: { blocks, held: false }, download: never }, version)).toMatchObject({ from: 'server' })
    expect(text.kind === 'same' && hex(text.digest)).toBe(version.textDigest)
  })

  it('[SIG-61] is refused when the device’s own copy differs in one figure', async () => {
    const other = documentWith('Долг составляет 1 940 000 ₸.')
    expect(await readFrozenText({ crypto, own: { blocks: other, held: true }, download: async () => utf8(frozen.text) }, version)).toEqual({
      kind: 'other',
    })
  })

  it('[SIG-61] without a copy, what the server sends is believed only if it is the frozen text', async () => {
    const read = (bytes: Uint8Array) => readFrozenText({ crypto, own: undefined, download: async () => bytes }, version)
    expect(await read(utf8(frozen.text))).toMatchObject({ kind: 'same', from: 'server' })
    for (const bytes of [utf8(frozen.text.replace('1 840', '1 940')), utf8(`${frozen.text} `), new Uint8Array([0xff]), new Uint8Array()]) {
      expect(await read(bytes)).toEqual({ kind: 'other' })
    }
  })

  it('[SIG-61] a copy that makes no text at all is refused', async () => {
    for (const blocks of [[], [block('a', 'clause', 1)], [block('', 'paragraph', 0, 'Долг\u202e 1 840 000 ₸')]]) {
      expect(await readFrozenText({ crypto, own: { blocks, held: true }, download: never }, version)).toEqual({ kind: 'other' })
    }
  })
})
