// Colours as pasted pages write them, as far as it takes to tell that words have the colour of what is beneath them.
const COLOUR = /#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b(?:white|window|black)\b/
const NAMED: ReadonlyMap<string, string> = new Map([
  ['white', '#ffffff'],
  ['window', '#ffffff'],
  ['black', '#000000'],
])
/** The fourth part of a colour, or what stands behind a stroke, is how much of it is seen. */
const CLEAR =
  /^(?:transparent|(?:rgb|hsl)a?\((?:[^,]+,){3}\s*0(?:\.0+)?%?\s*\)|(?:rgb|hsl)a?\([^/]+\/\s*0(?:\.0+)?%?\s*\)|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00))$/

/** Backgrounds may hold a whole picture. */
const LONGEST = 200

/** `#rrggbb`; undefined where nothing is coloured, or in a way that is not read here. */
export function colourIn(value: string | undefined): string | undefined {
  const found = COLOUR.exec(value?.slice(0, LONGEST) ?? '')?.[0]
  if (found === undefined || isClear(found)) return undefined
  if (found.startsWith('#'))
    return found.length < 6 ? `#${[...found.slice(1, 4)].map((digit) => digit + digit).join('')}` : found.slice(0, 7)
  const [red, green, blue] = found.match(/\d+/g) ?? []
  if (blue === undefined) return NAMED.get(found)
  return `#${[red, green, blue].map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`
}

/** Nothing can be seen in it. */
export function isClear(value: string | undefined): boolean {
  return CLEAR.test(value ?? '')
}
