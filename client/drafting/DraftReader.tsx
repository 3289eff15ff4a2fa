// A text that can no longer change, as real HTML: read by people and screen readers alike, numbers written out.
import type { ReactNode } from 'react'
import { Clause, Paper } from '#client/ui/talk/Paper.tsx'
import type { DocumentNode } from '#shared/drafting/document-node.ts'

export function DraftReader({ document, label }: { document: DocumentNode; label: string }) {
  return <Paper label={label}>{blocks(document, [])}</Paper>
}

function blocks(parent: DocumentNode, number: readonly number[]): ReactNode[] {
  let clauses = 0
  return (parent.content ?? []).map((node, index) => {
    const key = `${node.type}${index}`
    switch (node.type) {
      case 'heading':
        return <Heading key={key} level={node.attrs?.level} words={inline(node)} />
      case 'clause': {
        const own = [...number, ++clauses]
        return (
          <Clause key={key} number={`${own.join('.')}.`}>
            {blocks(node, own)}
          </Clause>
        )
      }
      case 'bulletList':
        return <ul key={key}>{blocks(node, number)}</ul>
      case 'listItem':
        return <li key={key}>{blocks(node, number)}</li>
      default:
        return <p key={key}>{inline(node)}</p>
    }
  })
}

function Heading({ level, words }: { level: unknown; words: ReactNode }) {
  if (level === 1) return <h1>{words}</h1>
  return level === 3 ? <h3>{words}</h3> : <h2>{words}</h2>
}

function inline(node: DocumentNode): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: a frozen text changes no order
  return (node.content ?? []).map((part, index) => <Words key={`${part.type}${index}`} part={part} />)
}

function Words({ part }: { part: DocumentNode }) {
  if (part.type === 'hardBreak') return <br />
  const marks = part.marks?.map((mark) => mark.type) ?? []
  const words = marks.includes('italic') ? <em>{part.text}</em> : part.text
  return marks.includes('bold') ? <strong>{words}</strong> : words
}
