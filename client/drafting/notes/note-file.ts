import { arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { clauseNumber } from '#shared/document/text/blocks.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Download } from '#shared/protocol/route.ts'

/** Old editors take a text for what it is by its first letter alone. */
const MARK_OF_UTF8 = '\uFEFF'

/** One's own notes as a plain text, under words that say what it is. The name of the file names nobody. */
export function noteFile(blocks: readonly DocumentBlock[], head: readonly string[]): Download {
  const lines = arrangeBlocks(blocks).map(
    ({ blocks: line, number }) => `${number ? `${clauseNumber(number)} ` : ''}${line.map(wordsOf).join('')}`,
  )
  return { bytes: utf8(`${MARK_OF_UTF8}${[...head, '', ...lines].join('\n')}\n`), fileName: 'notes.txt' }
}
