// How the words in an element look where they were copied: not at all, or with which marks, lines and height. What was deleted, hidden
// or a comment there is not seen by whoever copies it, so it must not come along.
import { MARKS, type Mark } from '#shared/document/document-grammar.ts'
import { colourIn, isClear } from './pasted-colours.ts'
import type { Styles } from './pasted-styles.ts'

export interface Look {
  readonly marks: readonly Mark[]
  /** Line breaks of the source are lines. */
  readonly keepsLines: boolean
  readonly visible: boolean
  /** Of no size at all. */
  readonly sized: boolean
  readonly height: 'line' | 'above' | 'below'
  /** Of the letters, and of what is beneath them, where they are told. */
  readonly ink: string | undefined
  readonly paper: string | undefined
  /** What stands in it stands apart, whatever it is. */
  readonly boxes: boolean
}

export const PLAIN: Look = {
  marks: [],
  keepsLines: false,
  visible: true,
  sized: true,
  height: 'line',
  ink: undefined,
  paper: undefined,
  boxes: false,
}

/** What no page shows, whatever its styles say. */
const UNSEEN = new Set(
  `SCRIPT STYLE HEAD META LINK TITLE TEMPLATE NOSCRIPT OBJECT EMBED IFRAME AUDIO VIDEO CANVAS PROGRESS METER DATALIST DEFS METADATA DESC
  ANNOTATION ANNOTATION-XML XML DEL S STRIKE`.split(/\s+/),
)
const KEEP_LINES = new Set(['PRE', 'TEXTAREA', 'LISTING', 'XMP', 'PLAINTEXT'])
const COMMENT = /(^|\s)(msoDel|msocom\w*|MsoComment(Reference|Text|Subject)\w*)(\s|$)/i

/** Beyond any screen. */
const FAR_AWAY = /^-(\d{4,}(\.\d+)?px|\d{3,}(\.\d+)?r?em)$/

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
    sized: size === undefined || /(%|em|inherit)$/.test(size) ? around.sized && !isZero(size) : !isTiny(size),
    height: heightOf(name, styles, around.height),
    ink: colourIn(styles.get('color') ?? element.getAttribute('color')?.toLowerCase()) ?? around.ink,
    paper:
      colourIn(styles.get('background-color') ?? styles.get('background') ?? element.getAttribute('bgcolor')?.toLowerCase()) ??
      around.paper,
    boxes: /^(?:inline-)?(?:flex|grid)$/.test(styles.get('display') ?? '') || element.getAttribute('role') === 'row',
  }
}

function isGone(element: Element, name: string, styles: Styles): boolean {
  const display = styles.get('display')
  if (display === 'none' || (element.hasAttribute('hidden') && display === undefined)) return true
  if (/^(all|screen)$/.test(styles.get('mso-hide') ?? '')) return true
  if (/line-through/.test(`${styles.get('text-decoration') ?? ''} ${styles.get('text-decoration-line') ?? ''}`)) return true
  if (/^0(\.0\d*)?$/.test(styles.get('opacity') ?? '') || isClear(styles.get('color'))) return true
  if (/\bscale[xy]?\(0?(\.0+)?[,)]/.test(styles.get('transform') ?? '')) return true
  if (/^inset\((50|100)%/.test(styles.get('clip-path') ?? '') || /^rect\([01](px)?[\s,]/.test(styles.get('clip') ?? '')) return true
  if (['left', 'top', 'text-indent', 'margin-left'].some((side) => FAR_AWAY.test(styles.get(side) ?? ''))) return true
  if (/^(hidden|clip)$/.test(styles.get('overflow') ?? '') && sidesOf(name).some((side) => isTiny(styles.get(side)))) return true
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

/** A cell is as wide as its words, whatever it says. */
function sidesOf(name: string): readonly string[] {
  return name === 'TD' || name === 'TH' ? ['height', 'max-height'] : ['height', 'max-height', 'width']
}

/** A point or less: nobody reads that. */
function isTiny(value: string | undefined): boolean {
  return isZero(value) || /^(0?\.\d+|1(\.0*)?)(px|pt)$/.test(value ?? '')
}

function isZero(value: string | undefined): boolean {
  return value !== undefined && /^0(\.0*)?(px|pt|em|rem|%)?$/.test(value)
}
