// The draft for reading, drawn without the editor and without touching the shared document.
import { createElement, type ReactNode } from 'react'
import type { DocumentNode } from '#shared/document/document-node.ts'

export function PlainText({ document }: { document: DocumentNode }) {
  return <div className="ProseMirror">{children(document)}</div>
}

/** As deep as the reader of the text goes at most. */
function children({ content = [] }: DocumentNode): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: nothing in it has a state
  return content.map((node, index) => <Node key={index} node={node} />)
}

function Node({ node }: { node: DocumentNode }): ReactNode {
  switch (node.type) {
    case 'text':
      return marked(node)
    case 'hardBreak':
      return <br />
    case 'paragraph':
      return <p>{node.content ? children(node) : <br />}</p>
    case 'heading':
      return createElement(node.attrs?.level === 1 ? 'h1' : node.attrs?.level === 3 ? 'h3' : 'h2', undefined, children(node))
    case 'clause':
      return <section data-clause="">{children(node)}</section>
    case 'bulletList':
      return <ul>{children(node)}</ul>
    case 'listItem':
      return <li>{children(node)}</li>
    default:
      return null
  }
}

function marked({ text, marks = [] }: DocumentNode): ReactNode {
  const has = (name: string) => marks.some(({ type }) => type === name)
  const leaning = has('italic') ? <em>{text}</em> : text
  return has('bold') ? <strong>{leaning}</strong> : leaning
}
