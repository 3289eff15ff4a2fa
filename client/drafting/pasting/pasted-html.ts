// A pasted page, line by line. Read in an inert document: nothing in it runs, loads or keeps its style. Every element is entered, known or
// not; only what nobody sees there stays away (pasted-looks.ts).

import { LineWriter, type PastedLine } from './pasted-lines.ts'
import { type Look, lookOf, PLAIN } from './pasted-looks.ts'
import { type Styles, stylesOf } from './pasted-styles.ts'
import { rowLines } from './pasted-table.ts'

const BLOCKS = new Set(
  `ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIALOG DIR DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM FRAMESET
  H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LEGEND LI LISTING MAIN MENU NAV OL OPTGROUP OPTION P PLAINTEXT PRE SEARCH SECTION SUMMARY TABLE TBODY
  TD TEXT TEXTAREA TFOOT TH THEAD TR UL XMP`.split(/\s+/),
)
/** Boxes within a line: what stands in them touches no word outside. */
const BOXES = new Set(['BUTTON', 'SELECT', 'INPUT', 'OUTPUT'])
const BLOCK_DISPLAY = /^(block|flex|grid|list-item|flow-root|table(?!-column))/
const WITHOUT_WORDS = new Set(['checkbox', 'radio', 'hidden', 'password', 'file', 'image', 'color', 'range'])
const HIGH = new Map(zip('0123456789+-−=()n', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ'))
const LOW = new Map(zip('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'))

/** Part of a table, as spreadsheets and pages put it on the clipboard: a parser that meets it bare forgets its cells. */
const BARE_CELLS = /^(?:\s|<!--[\s\S]*?-->|<meta[^>]*>)*<(?:t[dhr]|tbody|thead|tfoot|caption|col|colgroup)\b/i

/** Programs whose pages are white, whatever they say of it: white letters are hidden there, and elsewhere may stand on a dark page. */
const WHITE_PAGE = /urn:schemas-microsoft-com:office|docs-internal-guid|content="LibreOffice/

export function linesOfHtml(html: string): readonly PastedLine[] {
  const page = pageOf(html)
  return new PageReader(stylesOf(page)).linesOf(page.body, WHITE_PAGE.test(html) ? { ...PLAIN, paper: '#ffffff' } : PLAIN)
}

/** Seen or not; a page of pictures has none. */
export function holdsWords(html: string): boolean {
  return (pageOf(html).body.textContent ?? '').trim() !== ''
}

function pageOf(html: string): Document {
  return new DOMParser().parseFromString(BARE_CELLS.test(html) ? `<table>${html}</table>` : html, 'text/html')
}

class PageReader {
  readonly #stylesOf: (element: Element) => Styles
  #writer = new LineWriter()
  /** Between the signs that Word puts around a list's mark. */
  #inMark = false

  constructor(styles: (element: Element) => Styles) {
    this.#stylesOf = styles
  }

  linesOf(body: Element, look: Look): readonly PastedLine[] {
    this.#read(body, look)
    return this.#writer.lines
  }

  #linesIn(element: Element, look: Look): readonly PastedLine[] {
    const outer = this.#writer
    const writer = new LineWriter()
    this.#writer = writer
    this.#readChildren(element, look)
    writer.endBlock()
    this.#writer = outer
    return writer.lines
  }

  #readChildren(element: Element, look: Look): void {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) this.#write(node.nodeValue ?? '', look)
      else if (node.nodeType === Node.COMMENT_NODE) this.#readSign(node.nodeValue ?? '')
      else if (node.nodeType === Node.ELEMENT_NODE) this.#read(node as Element, look) // its type says so
    }
  }

  #readSign(comment: string): void {
    if (/^\[if !supportLists\]/.test(comment)) this.#inMark = true
    else if (/^\[endif\]/.test(comment)) this.#inMark = false
  }

  #read(element: Element, around: Look): void {
    const name = element.tagName.toUpperCase()
    const styles = this.#stylesOf(element)
    const look = lookOf(element, name, styles, around)
    if (!look) return
    if (name === 'BR') this.#writer.breakLine()
    else if (/\bignore\b/.test(styles.get('mso-list') ?? '')) this.#writer.writeMark(element.textContent ?? '')
    else if (name === 'TR') this.#readRow(element, look)
    else if (isBlock(name, styles)) this.#readBlock(element, name, styles, look)
    else this.#readInline(element, name, { look, apart: around.boxes || standsApart(element, name, styles) })
  }

  #readBlock(element: Element, name: string, styles: Styles, look: Look): void {
    this.#writer.enter(...kindOf(element, name, styles))
    if (name === 'DETAILS' && !element.hasAttribute('open')) {
      const summary = [...element.children].find(({ tagName }) => tagName.toUpperCase() === 'SUMMARY')
      if (summary) this.#read(summary, look)
    } else this.#readChildren(element, look)
    this.#inMark = false
    this.#writer.leave()
  }

  #readRow(row: Element, look: Look): void {
    this.#writer.enter()
    const cells = [...row.children].flatMap((cell) => {
      const shown = lookOf(cell, cell.tagName.toUpperCase(), this.#stylesOf(cell), look)
      return shown ? [this.#linesIn(cell, shown)] : []
    })
    this.#writer.lines.push(...rowLines(cells))
    this.#writer.leave()
  }

  #readInline(element: Element, name: string, { look, apart }: { look: Look; apart: boolean }): void {
    if (apart) this.#write(' ', look)
    if (name === 'MSQRT') this.#write('√', look)
    if (name === 'IMG') this.#write(drawnLetters(element.getAttribute('alt') ?? ''), look)
    else if (name === 'INPUT')
      this.#write(WITHOUT_WORDS.has((element.getAttribute('type') ?? '').toLowerCase()) ? '' : (element.getAttribute('value') ?? ''), look)
    else if (name === 'SELECT') this.#write(chosenIn(element), look)
    else if (name === 'MFRAC') this.#readFraction(element, look)
    else if (/^MSU(B|P|BSUP)$/.test(name)) this.#readRaised(element, look, name === 'MSUP' ? ['above'] : ['below', 'above'])
    else this.#readChildren(element, look)
    if (apart) this.#write(' ', look)
  }

  /** One over the other: beside one another they would be another number. */
  #readFraction(element: Element, look: Look): void {
    for (const [index, part] of [...element.children].entries()) {
      const whole = /^[\p{L}\p{N}.,]*$/u.test((part.textContent ?? '').trim())
      this.#write(`${index === 0 ? '' : '/'}${whole ? '' : '('}`, look)
      this.#read(part, look)
      if (!whole) this.#write(')', look)
    }
  }

  #readRaised(element: Element, look: Look, heights: readonly Look['height'][]): void {
    for (const [index, part] of [...element.children].entries()) {
      this.#read(part, { ...look, height: index === 0 ? look.height : (heights[index - 1] ?? look.height) })
    }
  }

  #write(text: string, { marks, keepsLines, visible, sized, height, ink, paper }: Look): void {
    if (!visible || !sized || (ink !== undefined && ink === paper)) return
    if (this.#inMark) this.#writer.writeMark(text)
    else this.#writer.write(raised(text, height), marks, keepsLines)
  }
}

/** Emoji that a page draws by pictures of its own are letters; what is said of any other picture is not seen. */
function drawnLetters(alt: string): string {
  return /^[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u.test(alt) && /[^0-9#*]/.test(alt) ? alt : ''
}

/** Figures above and below the line stay there: ten to the sixth is not one hundred and six. */
function raised(text: string, height: Look['height']): string {
  if (height === 'line') return text
  const letters = height === 'above' ? HIGH : LOW
  const made = [...text].map((letter) => (/\s/.test(letter) ? letter : letters.get(letter)))
  return made.includes(undefined) ? text : made.join('')
}

function zip(from: string, to: string): readonly (readonly [string, string])[] {
  return [...from].map((letter, index) => [letter, [...to][index] ?? letter] as const)
}

function isBlock(name: string, styles: Styles): boolean {
  const display = styles.get('display')
  if (display === undefined || BLOCKS.has(name)) return BLOCKS.has(name) && !(display === 'inline' && /^(DIV|P)$/.test(name))
  return BLOCK_DISPLAY.test(display)
}

/** A floating letter begins the word behind it; a floating hour stands beside its message. */
function standsApart(element: Element, name: string, styles: Styles): boolean {
  if (name === 'RT') return element.parentElement?.querySelector('rp') === null
  const floats = /^(left|right|inline)/.test(styles.get('float') ?? '') || /^(absolute|fixed)$/.test(styles.get('position') ?? '')
  return BOXES.has(name) || (floats && (element.textContent ?? '').trim().length > 1)
}

function kindOf(element: Element, name: string, styles: Styles): [kind: PastedLine['kind'], level: number] {
  if (/^H[1-6]$/.test(name)) return ['heading', 1]
  const word = /\blevel(\d)/.exec(styles.get('mso-list') ?? '')
  if (word) return ['clause', Number(word[1])]
  const list = name === 'LI' ? element.closest('ol, ul, menu, dir') : null
  if (!list) return ['paragraph', 1]
  let level = 0
  for (let at: Element | null | undefined = list; at; at = at.parentElement?.closest('ol, ul, menu, dir')) level++
  return [list.tagName.toUpperCase() === 'OL' ? 'clause' : 'item', level]
}

function chosenIn(select: Element): string {
  const options = [...select.querySelectorAll('option')]
  const chosen = options.filter((option) => option.hasAttribute('selected'))
  return (chosen.length > 0 ? chosen : options.slice(0, 1)).map(({ textContent }) => textContent ?? '').join(' ')
}
