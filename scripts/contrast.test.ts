import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const tokens = readFileSync(join(import.meta.dirname, '../client/ui/styles/tokens.css'), 'utf8')

type Theme = Readonly<Record<string, string>>

const schemes = Object.fromEntries(
  [...tokens.matchAll(/^ {2}([^\n]*) \{\n {4}color-scheme: ([\w ]+);\n {2}\}/gm)].map(([, selector = '', scheme]) => [
    selector.trim(),
    scheme,
  ]),
)
const colours = [...tokens.matchAll(/--([\w-]+): light-dark\((#\w+|rgb\([^)]*\)), (#\w+|rgb\([^)]*\))\);/g)]
const light: Theme = Object.fromEntries(colours.map(([, name, value]) => [name, value]))
const dark: Theme = Object.fromEntries(colours.map(([, name, , value]) => [name, value]))

function luminance(hex: string): number {
  const full = hex.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3')
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(full.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(theme: Theme, a: string, b: string): number {
  const [x, y] = [theme[a], theme[b]]
  if (!x || !y) throw new Error(`no token ${x ? b : a}`)
  const [high, low] = [luminance(x), luminance(y)].sort((p, q) => q - p)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

const WHO = ['joint', 'side-a', 'side-b', 'side-c', 'side-d', 'side-e', 'mediators', 'self']
const SHEETS = ['page', 'surface', 'raised', 'sunken']

const TEXT: ReadonlyArray<readonly [string, string]> = [
  ...['ink', 'ink-2', 'ink-3'].flatMap((ink) => SHEETS.map((sheet) => [ink, sheet] as const)),
  ...WHO.flatMap((who) => [
    [who, `${who}-tint`] as const,
    ['on-who', who] as const,
    ['on-who', `${who}-deep`] as const,
    ['ink', `${who}-tint`] as const,
    ['ink-2', `${who}-tint`] as const,
    ...SHEETS.map((sheet) => [who, sheet] as const),
  ]),
  ...['good', 'warn', 'bad'].flatMap((tone) => [
    [tone, `${tone}-tint`] as const,
    ['ink', `${tone}-tint`] as const,
    ...SHEETS.map((sheet) => [tone, sheet] as const),
  ]),
  ['page', 'ink'],
]

const EDGES: ReadonlyArray<readonly [string, string]> = ['line-strong', 'focus'].flatMap((edge) =>
  SHEETS.map((sheet) => [edge, sheet] as const),
)

describe.each([
  ['light', light],
  ['dark', dark],
])('%s theme', (_name, theme) => {
  it('[UI-1] every pair of text and ground reaches 4.5:1', () => {
    const weak = TEXT.map(([a, b]) => `${a} on ${b}: ${contrast(theme, a, b).toFixed(2)}`).filter(
      (line) => Number(line.split(': ')[1]) < 4.5,
    )
    expect(weak).toEqual([])
  })

  it('[UI-1] edges of fields and the focus ring reach 3:1', () => {
    const weak = EDGES.map(([a, b]) => `${a} on ${b}: ${contrast(theme, a, b).toFixed(2)}`).filter(
      (line) => Number(line.split(': ')[1]) < 3,
    )
    expect(weak).toEqual([])
  })
})

it('[UI-2] each colour is said once, with its value in both themes, and both ways of asking for dark end there', () => {
  expect(schemes).toEqual({ ':root': 'light dark', '[data-theme="light"]': 'light', '[data-theme="dark"]': 'dark' })
  expect(tokens).not.toMatch(/prefers-color-scheme/)
  const outside = [...tokens.matchAll(/--([\w-]+):[^;]*(?:#|rgb)[^;]*;/g)].filter(([line]) => !line.includes('light-dark('))
  expect(outside.map(([line]) => line)).toEqual([])
  expect(new Set(colours.map(([, name]) => name)).size).toBe(colours.length)
  expect(colours.length).toBeGreaterThan(40)
})
