// A text for reading, drawn without the editor and without touching the shared document; with the same numbers as in it.
import { createElement, type ReactNode } from 'react'
import { type ArrangedBlock, arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import type { DocumentBlock, Run } from '#shared/document/document-block.ts'
import { clauseNumber } from '#shared/document/text/blocks.ts'

export function PlainText({ blocks }: { blocks: readonly DocumentBlock[] }) {
  return (
    <div className="draft-text">
      {arrangeBlocks(blocks).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing in it has a state
        <Line key={index} line={line} />
      ))}
    </div>
  )
}

function Line({ line: { blocks, kind, depth, number } }: { line: ArrangedBlock }): ReactNode {
  const words = blocks.flatMap(({ runs }) => runs)
  const shown = { 'data-line': kind, 'data-level': depth, ...(number && { 'data-number': clauseNumber(number) }) }
  return createElement(kind === 'heading' ? `h${depth}` : 'p', shown, words.length > 0 ? words.map(marked) : <br />)
}

function marked({ text, marks }: Run, index: number): ReactNode {
  const leaning = marks.includes('italic') ? <em>{text}</em> : text
  return createElement(marks.includes('bold') ? 'strong' : 'span', { key: index }, leaning)
}
