// The canonical text as real text on paper: headings, numbered clauses, lists, for eyes, ears and the browser's own zoom.
import { Fragment } from 'react'
import { Clause, Paper } from '#client/ui/talk/Paper.tsx'
import { type Block, clauseNumber } from '#shared/document/text/blocks.ts'
import './text-sheet.css'

export function TextSheet({ blocks, label, language }: { blocks: readonly Block[]; label: string; language: string }) {
  return (
    <div lang={language}>
      <Paper label={label}>
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a frozen text never changes its order
          <BlockShown key={index} block={block} />
        ))}
      </Paper>
    </div>
  )
}

function BlockShown({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? <h2>{lines(block.lines)}</h2> : <h3 className="signing-heading">{lines(block.lines)}</h3>
    case 'clause':
      return (
        <div data-depth={block.number.length} className="signing-block">
          <Clause number={clauseNumber(block.number)}>
            <p>{lines(block.lines)}</p>
          </Clause>
        </div>
      )
    case 'paragraph':
      return (
        <p data-depth={block.depth} className="signing-block">
          {lines(block.lines)}
        </p>
      )
    case 'item':
      return (
        <p data-depth={block.depth} className="signing-block signing-item">
          {lines(block.lines)}
        </p>
      )
  }
}

/** Divided by a real line feed: a copy, an ear and a page without our style sheet know them apart as well as an eye does. */
function lines(texts: readonly string[]) {
  return texts.map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    <Fragment key={index}>
      {index > 0 && '\n'}
      {index > 0 && <br />}
      {text}
    </Fragment>
  ))
}
