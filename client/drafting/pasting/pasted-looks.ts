// How the words in an element look where they were copied: not at all, or with which marks, lines and height. What was deleted, hidden
// or a comment there is not seen by whoever copies it, so it must not come along.
import { MARKS, type Mark } from '#shared/document/document-grammar.ts'
import type { Styles } from './pasted-styles.ts'

export interface Look {
  readonly marks: readonly Mark[]
  /** Line breaks of the source are lines. */
  readonly keepsLines: boolean
  readonly visible: boolean
  /** Of no size at all. */
  readonly sized: boolean
  readonly height: 'line' | 'above' | 'below'
}

export const PLAIN: Look = { marks: [], keepsLines: false, visible: true, sized: true, height: 'line' }

/** What no page shows, whatever its styles say. */
const UNSEEN = new Set(
  `SCRIPT STYLE HEAD META LINK TITLE TEMPLATE NOSCRIPT OBJECT EMBED IFRAME AUDIO VIDEO CANVAS PROGRESS METER DATALIST DEFS METADATA DESC
  ANNOTATION ANNOTATION-XML XML DEL S STRIKE`.split(/\s+/),
)
const KEEP_LINES = new Set(['PRE', 'TEXTAREA', 'LISTING', 'XMP', 'PLAINTEXT'])
const COMMENT = /(^|\s)(msoDel|msocom\w*|MsoComment(Reference|Text|Subject)\w*)(\s|$)/i

/** Undefined where nothing in it is seen. */
export function lookOf(element: Element, name: string, styles: Styles, around: Look): Look | undefined {
  if (UNSEEN.has(name) || name.startsWith('V:') || isComment(element, styles) || isGone(element, name, styles)) return undefined
  const size = styles.get('font-size')
  const visibility = styles.get('visibility')
  return {
    marks: marksOf(name, styles, around.marks),
    keepsLines: keepsLines(name, styles, around.keepsLines),
    visible: visibility === undefined || visibility === 'inherit' ? around.visible : visibility === 'visible',
    // a share of nothing is nothing
    sized: size === undefined || /(%|em|inherit)$/.test(size) ? around.sized && !isZero(size) : !isZero(size),
    height: heightOf(name, styles, around.height),
  }
}

function isGone(element: Element, name: string, styles: Styles): boolean {
  const display = styles.get('display')
  if (display === 'none' || (element.hasAttribute('hidden') && display === undefined)) return true
  if (/^(all|screen)$/.test(styles.get('mso-hide') ?? '')) return true
  if (/line-through/.test(`${styles.get('text-decoration') ?? ''} ${styles.get('text-decoration-line') ?? ''}`)) return true
  if (isZero(styles.get('opacity')) || styles.get('color') === 'transparent') return true
  if (/^inset\((50|100)%/.test(styles.get('clip-path') ?? '') || /^rect\([01](px)?[\s,]/.test(styles.get('clip') ?? '')) return true
  if (/^-\d{4,}(\.\d+)?px$/.test(styles.get('left') ?? '') || /^-\d{4,}(\.\d+)?px$/.test(styles.get('text-indent') ?? '')) return true
  if (styles.get('overflow') === 'hidden' && (isZero(styles.get('max-height')) || isZero(styles.get('height')))) return true
  return name === 'DIALOG' && !element.hasAttribute('open')
}

/** A comment's mark in the text, and what it says: Word's, and those of Google's pages. */
function isComment(element: Element, styles: Styles): boolean {
  if (COMMENT.test(element.getAttribute('class') ?? '') || /^comment/.test(styles.get('mso-element') ?? '')) return true
  if (/^cmnt_ref/.test(element.id)) return true
  const [first] = element.children
  return /^cmnt\d/.test(first?.id ?? '') && /^#cmnt_ref/.test(first?.getAttribute('href') ?? '')
}

function marksOf(name: string, styles: Styles, around: readonly Mark[]): readonly Mark[] {
  const weight = styles.get('font-weight')
  const slant = styles.get('font-style')
  const has: Readonly<Record<Mark, boolean>> = {
    bold: weight === undefined ? name === 'STRONG' || name === 'B' || around.includes('bold') : /^(bold|bolder|[6-9]00)$/.test(weight),
    italic: slant === undefined ? name === 'EM' || name === 'I' || around.includes('italic') : /^(italic|oblique)/.test(slant),
  }
  return MARKS.filter((mark) => has[mark])
}

function keepsLines(name: string, styles: Styles, around: boolean): boolean {
  const space = styles.get('white-space')
  if (space === undefined || space === 'inherit') return KEEP_LINES.has(name) || around
  return /^(pre|break-spaces|preserve)/.test(space)
}

function heightOf(name: string, styles: Styles, around: Look['height']): Look['height'] {
  const align = styles.get('vertical-align')
  if (align === 'super' || (align === undefined && name === 'SUP')) return 'above'
  if (align === 'sub' || (align === undefined && name === 'SUB')) return 'below'
  return align === 'baseline' ? 'line' : around
}

function isZero(value: string | undefined): boolean {
  return value !== undefined && /^0(\.0*)?(px|pt|em|rem|%)?$/.test(value)
}
