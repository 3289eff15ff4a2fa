// What the style sheets and attributes of a pasted page say of an element. The page is inert, so nothing computes its styles: of the
// cascade only so much is followed as decides which words are seen, where lines end, and what is bold or italic.

/** Declared values in small letters, by property; only those that are asked for here. */
export type Styles = ReadonlyMap<string, string>

const ASKED = new Set(
  `display visibility opacity mso-hide font-size text-decoration text-decoration-line color white-space font-weight font-style
  vertical-align mso-list mso-element clip clip-path left text-indent height max-height width
  overflow float position top margin-left transform background background-color`.split(/\s+/),
)
/** Sheets of other programs are long; what lies beyond is left out rather than waited for. */
const MOST_RULES = 2000

/** Heavier than any selector. */
const ATTRIBUTE = 1e6
const IMPORTANT = 1e9

interface Declared {
  readonly plain: Styles
  readonly important: Styles
}

interface Rule {
  readonly selector: string
  readonly declared: Declared
}

interface Weighed {
  readonly weight: number
  readonly styles: Styles
}

export function stylesOf(page: ParentNode): (element: Element) => Styles {
  const given = new Map<Element, Weighed[]>()
  const rules = [...page.querySelectorAll('style')].flatMap(({ textContent }) => rulesIn(textContent ?? ''))
  for (const { selector, declared } of rules.slice(0, MOST_RULES)) {
    for (const element of matching(page, selector)) {
      const known = given.get(element) ?? []
      known.push(...weighed(declared, weightOf(selector)))
      given.set(element, known)
    }
  }
  return (element) => {
    const own = weighed(declarations(element.getAttribute('style') ?? ''), ATTRIBUTE)
    const all = [...(given.get(element) ?? []), ...own].sort((a, b) => a.weight - b.weight)
    return new Map(all.flatMap(({ styles }) => [...styles]))
  }
}

function weighed({ plain, important }: Declared, weight: number): readonly Weighed[] {
  return [
    { weight, styles: plain },
    { weight: weight + IMPORTANT, styles: important },
  ]
}

function matching(page: ParentNode, selector: string): Iterable<Element> {
  try {
    return page.querySelectorAll(selector)
  } catch {
    return [] // a selector that this browser does not know matches nothing there either
  }
}

function weightOf(selector: string): number {
  const count = (pattern: RegExp) => selector.match(pattern)?.length ?? 0
  return count(/#[\w-]/g) * 10_000 + count(/[.[:][\w-]/g) * 100 + count(/(^|[\s>+~])[a-z]/gi)
}

function rulesIn(sheet: string): readonly Rule[] {
  const rules: Rule[] = []
  const text = sheet.replace(/\/\*[\s\S]*?(\*\/|$)/g, ' ').replace(/<!--|-->/g, ' ')
  for (const { head, body } of bracesIn(text)) {
    if (/^@media\s+(only\s+)?(all|screen)$/i.test(head)) rules.push(...rulesIn(body))
    if (head.startsWith('@')) continue
    const declared = declarations(body)
    if (declared.plain.size + declared.important.size === 0) continue
    for (const selector of cut(head, ',')) rules.push({ selector: selector.trim(), declared })
  }
  return rules
}

/** What stands before a pair of braces, and in it. */
function bracesIn(text: string): readonly { readonly head: string; readonly body: string }[] {
  const found: { head: string; body: string }[] = []
  let [depth, start, open] = [0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '{' && depth++ === 0) open = at
    else if (letter === ';' && depth === 0) start = at + 1
    else if (letter === '}' && depth > 0 && --depth === 0) {
      found.push({ head: text.slice(start, open).trim(), body: text.slice(open + 1, at) })
      start = at + 1
    }
  }
  return found
}

function declarations(text: string): Declared {
  const declared = { plain: new Map<string, string>(), important: new Map<string, string>() }
  for (const declaration of cut(text, ';')) {
    const colon = declaration.indexOf(':')
    const name = declaration.slice(0, colon).trim().toLowerCase()
    if (colon < 0 || !ASKED.has(name)) continue
    const value = declaration.slice(colon + 1).toLowerCase()
    const plain = value.replace(/!\s*important/, '')
    declared[plain === value ? 'plain' : 'important'].set(name, plain.trim())
  }
  return declared
}

/** At a sign, but not inside quotes and parentheses. */
function cut(text: string, sign: string): readonly string[] {
  const parts: string[] = []
  let [quote, depth, start] = ['', 0, 0]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '(') depth++
    else if (letter === ')') depth--
    else if (letter === sign && depth <= 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}
