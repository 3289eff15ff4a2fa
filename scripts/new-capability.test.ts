// The snippets of docs/new-capability.md, put together: names that they use exist, and what they make is allowed to whom it should be, decides,
// folds, is listed and comes at its time.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { expect, it } from 'vitest'
import type { Parts, ServerCapability } from '#server/capability.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Actor } from '#shared/kernel/actor.ts'
import type { Capability } from '#shared/log/capability.ts'
import type { Rule, View } from '#shared/log/decide.ts'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'dist/new-capability.test.mjs') // beside node_modules, where packages are found
const page = readFileSync(join(ROOT, 'docs/new-capability.md'), 'utf8')
const snippets = new Map(
  [...page.matchAll(/^\*\*`([^`]+)`\*\*.*\n\n```tsx?\n([\s\S]*?)```/gm)].map(([, path = '', text = '']) => [path, text]),
)

/** The page's own test runs as it stands, within this one. */
const VITEST_HERE = `
  export const it = (_name, run) => run()
  export const expect = (value) => ({ toEqual: (other) => { if (JSON.stringify(value) !== JSON.stringify(other)) throw new Error(JSON.stringify(value)) } })
`

/** What the page writes comes from the page, everything else from the house; packages stay outside. */
const fromThePage: Plugin = {
  name: 'from-the-page',
  setup(plugin) {
    plugin.onResolve({ filter: /./ }, ({ path, importer, kind }) => {
      const name = path.startsWith('#') ? path.slice(1) : snippets.has(importer) ? join(importer, '..', path) : path
      if (snippets.has(name)) return { path: name, namespace: 'page' }
      if (path === 'vitest') return { path, namespace: 'vitest' }
      if (path.startsWith('#')) return { path: join(ROOT, name) }
      return kind === 'entry-point' || path.startsWith('.') || path.startsWith('/') ? undefined : { path, external: true }
    })
    plugin.onLoad({ filter: /./, namespace: 'vitest' }, () => ({ contents: VITEST_HERE }))
    plugin.onLoad({ filter: /./, namespace: 'page' }, ({ path }) => ({
      contents: snippets.get(path) ?? '',
      loader: path.endsWith('x') ? 'tsx' : 'ts',
    }))
  },
}

async function bundled(entry: string, write: boolean): Promise<void> {
  const options = { bundle: true, format: 'esm', platform: 'node', jsx: 'automatic', logLevel: 'silent', write } as const
  await build({
    ...options,
    stdin: { contents: entry, resolveDir: ROOT },
    outfile: OUT,
    plugins: [fromThePage],
    loader: { '.css': 'empty' },
  })
}

interface Made {
  readonly here: ServerCapability
  readonly both: Capability
}

it('[ARC-37] the capability of the page runs: its command is decided, its event folded and listed, its time kept', async () => {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  await bundled("export { Reminders } from '#client/reminders/Reminders.tsx'", false)
  await bundled(
    "import '#shared/reminders/reminders-acts.test.ts'; export { reminders as here } from '#server/reminders/capability.ts'; export { reminders as both } from '#shared/reminders/capability.ts'",
    true,
  )
  const { here, both } = (await import(/* @vite-ignore */ pathToFileURL(OUT).href)) as Made
  rmSync(OUT)

  const [fold] = both.folds
  const [make, tell] = here.rules
  if (!fold || !make || !tell) throw new Error('the page makes no fold or no rules')
  let state = fold.initial
  const states: Record<string, unknown> = { [caseFold.name]: { ...caseFold.initial, phase: 'mediating' } }
  const view = { state: ({ name }: { name: string }) => (name === fold.name ? state : states[name]) } as unknown as View // all that its rules ask
  const decide = (rule: Rule, input: object, now: number) => {
    const actor = { kind: 'person', id: 'm', caseId: 'c', role: 'mediator' } as Actor
    const decision = rule.decide(view, input, { actor, now, newId: () => 'x', seen: undefined, facts: {} })
    for (const { definition, audience, body } of decision.decided ? decision.events : [])
      state = fold.evolve(state, { audience, body, type: definition.name, at: now, by: 'system', epoch: 1, seq: 1, hash: '' })
    return decision
  }
  const listed = async () =>
    (await here.projections[0]?.of('c' as never, view, { get: async () => ({ value: { mediatorAccountId: 'a' }, version: 1 }) as never }))
      ?.length

  const steps: string[] = []
  const step = async (_caseId: string, _command: unknown, input: object) => void steps.push(JSON.stringify(decide(tell, input, 5).decided))
  const log = { step, state: async () => ({ audiences: new Map([['mediators', { slices: { [fold.name]: state } }]]) }) }
  const running = here.start({ log, clock: { now: () => 5 }, due: { schedule: async () => undefined } } as unknown as Parts) // as much of them as it uses
  expect(decide(make, { reminderId: 'r', text: 'қоңырау', at: 5 }, 5)).toMatchObject({ decided: false, problem: { kind: 'invalid' } })
  expect(decide(make, { reminderId: 'r', text: 'қоңырау', at: 5 }, 1).decided).toBe(true)
  expect(await listed()).toBe(1)
  expect(await running.due?.[0]?.run('c/r', 5)).toBeUndefined()
  expect([steps, await listed()]).toEqual([['true'], 0])
})
