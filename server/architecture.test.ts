// The house rules with teeth: directions of imports, roots that only wire, no hidden clocks, tested policies, spec rules and tests that cite
// each other. Each rule finds nothing in the house, and finds the breach that is planted here.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACTS } from '#shared/catalogue.ts'
import {
  type ArchitectureRule,
  actsListed,
  capabilitiesToTheLeft,
  databasesInStorage,
  filesIn,
  heavyInWorkers,
  isTest,
  knownFolders,
  namedExports,
  namesInProtocols,
  nobodyImportsARoot,
  parseSource,
  policiesInTables,
  ROOT,
  readSource,
  realWorldAtTheRoots,
  rolesByActs,
  rootsChooseNothing,
  rootsOnlyWire,
  smallFiles,
  treesApart,
} from './testing/architecture-rules.ts'
import { classesByOwner, knownClasses, namedBreakpoints, sheetsInLayers } from './testing/sheet-rules.ts'

const house = ['shared', 'server', 'client'].flatMap(filesIn).map(readSource)

type Planted = readonly (readonly [path: string, text: string])[]

/** Every planted file is a breach of its own, unless it stands behind one. */
const RULES: readonly (readonly [id: string, words: string, rule: ArchitectureRule, planted: Planted, behind?: Planted])[] = [
  [
    'ARC-1',
    'shared imports nothing from server or client, and the two trees nothing from each other',
    treesApart,
    [
      ['shared/messaging/a.ts', "import { log } from '#server/log/case-log.ts'"],
      ['shared/kernel/a.ts', "export { Room } from '../../client/rooms/Room.tsx'"],
      ['client/messaging/a.ts', "const late = () => import('#server/log/case-log.ts')"],
      ['server/messaging/a.ts', "import type { Room } from '#client/rooms/Room.tsx'"],
    ],
  ],
  [
    'ARC-2',
    'imports between capabilities point only to the left, and no mechanism imports a capability',
    capabilitiesToTheLeft,
    [
      ['server/drafting/a.ts', "import type { Printing } from '#server/signing/printing.ts'"],
      ['shared/rooms/a.ts', "import { messagePosted } from '../messaging/messaging-protocol.ts'"],
      ['server/realtime/a.ts', "import { caseFold } from '#shared/cases/case-state.ts'"],
      ['client/ui/a.tsx', "import { Composer } from '#client/messaging/Composer.tsx'"],
    ],
  ],
  [
    'ARC-39',
    'whom the order does not name is imported by nobody but the roots',
    capabilitiesToTheLeft,
    [
      ['server/signing/a.ts', "import { plants } from '#shared/plants/capability.ts'"],
      ['server/log/a.ts', "import { water } from '#server/plants/water.ts'"],
      ['client/media/a.ts', "import { Plant } from '#client/plants/Plant.tsx'"],
      ['shared/stones/a.ts', "import { plants } from '../plants/capability.ts'"],
    ],
    [
      [
        'shared/plants/capability.ts',
        "import { signing } from '#shared/signing/capability.ts'\nimport { may } from '#shared/cases/may.ts'",
      ],
      ['client/plants/Plant.tsx', "import { plants } from '#shared/plants/capability.ts'"],
      ['server/stones/capability.ts', "import { platformLog } from '#server/log/case-log.ts'"],
      ['server/testing/a.ts', "import { plants } from '#shared/plants/capability.ts'"],
    ],
  ],
  [
    'ARC-13',
    'who is wired by a root does not import it',
    nobodyImportsARoot,
    [
      ['server/drafting/a.ts', "import { RULES } from '#server/catalogue.ts'"],
      ['server/log/a.ts', "import type { Platform } from '#server/compose.ts'"],
      ['shared/log/a.ts', "import { FOLDS } from '../catalogue.ts'"],
      ['client/rooms/a.ts', "import { room } from '#client/app/routes/room.tsx'"],
    ],
  ],
  [
    'ARC-3',
    'every folder is a mechanism, or a capability: of the order, or one that says what it is made of',
    knownFolders,
    [
      ['server/helpers/a.ts', 'export const a = 1'],
      ['client/stones/capability.ts', 'export const a = 1'],
    ],
    [
      ['shared/plants/capability.ts', 'export const a = 1'],
      ['client/plants/a.ts', 'export const a = 1'],
    ],
  ],
  [
    'ARC-4',
    'exports are named',
    namedExports,
    [
      ['server/log/a.ts', 'export default 1'],
      ['client/ui/a.tsx', 'const a = 1\nexport { a as default }'],
    ],
  ],
  [
    'ARC-5',
    'clock, timers, randomness and environment are touched by the composition roots alone',
    realWorldAtTheRoots,
    [
      ['server/log/a.ts', 'export const now = () => Date.now()'],
      ['shared/log/a.ts', 'export const today = () => new Date()'],
      ['client/rooms/a.ts', 'setTimeout(() => undefined, 1)'],
      ['server/config/a.ts', 'export const port = process.env.PORT'],
      ['client/drafting/a.ts', 'export const id = () => crypto.randomUUID()'],
    ],
  ],
  [
    'ARC-6',
    'databases are spoken to under storage alone',
    databasesInStorage,
    [
      ['server/identity/a.ts', "import Database from 'libsql'"],
      ['server/upgrade/a.ts', "import { Schema } from 'mongoose'"],
    ],
  ],
  [
    'ARC-7',
    'policies are pure and each of their questions stands in a table',
    policiesInTables,
    [
      ['shared/rooms/late-policy.ts', 'export const late = async () => 1'],
      ['shared/rooms/new-policy.ts', 'export function canPlant() { return true }'],
    ],
  ],
  [
    'ARC-8',
    'names of commands and events are written in protocol files alone',
    namesInProtocols,
    [['server/log/a.ts', "export const isPost = (type: string) => type === 'plant:grown'"]],
    [['shared/messaging/plant-protocol.ts', "export const grown = defineEvent('plant:grown', 1, {})"]],
  ],
  [
    'ARC-9',
    'files stay small: 400 lines, tests 600',
    smallFiles,
    [
      ['server/log/a.ts', '\n'.repeat(401)],
      ['server/log/a.test.ts', '\n'.repeat(601)],
    ],
  ],
  [
    'ARC-11',
    'what draws papers, packs bundles and opens texts is not even loaded by the thread that answers people',
    heavyInWorkers,
    [['server/plant.ts', "import 'pdfkit'"]],
    [['server/main.ts', "import { plant } from './plant.ts'"]],
  ],
  [
    'ARC-12',
    'a role is asked for by name where acts are asked for, and nowhere else',
    rolesByActs,
    [
      ['shared/rooms/a.ts', "export const guides = (role: string) => role === 'mediator'"],
      ['client/rooms/a.ts', "export const kind = (role: string) => { switch (role) { case 'party': return 1 } }"],
      ['shared/rooms/a.ts', 'export const guides = (role: Role) => MEDIATORS.includes(role)'],
      ['client/rooms/a.ts', "export const looksOn = ({ role }: Person) => role === 'observer'"],
      ['client/rooms/a.ts', 'export const guides = (role: Role) => admitAct.roles.includes(role)'],
      ['shared/rooms/a.ts', 'export const isQuiet = (role: Role) => SILENT.includes(role)'],
    ],
  ],
  [
    'ARC-38',
    'an act is made in *-acts.ts, named after its capability, listed by it, and written out in a test beside it',
    actsListed([...ACTS.map(({ name }) => name), 'rooms/plant']),
    [
      ['shared/rooms/plant-policy.ts', "export const canPlant = (person: Person) => mayAtAll(person, defineAct('rooms/weed', {}), 'all')"],
      ['shared/rooms/plant-acts.ts', "export const plantAct = defineAct('rooms/plant', {})"],
      ['shared/rooms/plant-acts.ts', "export const weedAct = defineAct('rooms/weed', {})"],
      ['shared/rooms/plant-acts.ts', "export const admitAgainAct = defineAct('rooms/admit', {})"],
      ['shared/rooms/plant-acts.ts', "export const postAct = defineAct('messaging/weed', {})"],
      ['shared/rooms/plant-acts.ts', 'export const plantAct = defineAct(plantName, {})'],
      ['server/rooms/a.ts', 'export const wider = { ...admitAct, phases: ALWAYS }'],
      ['client/rooms/a.ts', 'export const mine = { name } as Act'],
    ],
    [['shared/rooms/weed-acts.test.ts', "it('is as written', () => actFaults(rooms.acts, { 'rooms/weed': [] }))"]],
  ],
  [
    'ARC-14',
    'a composition root wires and decides nothing',
    rootsOnlyWire,
    [
      ['server/compose.ts', 'export function publish(event: { body: string }) {\n  return JSON.parse(event.body)\n}'],
      ['server/compose-parts.ts', 'export function recover(done: boolean) {\n  if (done) throw new Error()\n}'],
      ['shared/catalogue.ts', "import * as z from 'zod/mini'"],
    ],
  ],
  [
    'ARC-24',
    'a composition root chooses between no two values',
    rootsChooseNothing,
    [
      ['server/compose.ts', "export const regular = (kind: string) => (kind === 'mongo' ? [1] : [])"],
      ['server/compose-parts.ts', 'export const urlOf = (declared?: string) => declared ?? here()'],
      ['server/system.ts', 'export function bytes(used: number) {\n  if (used > 1) refill()\n}'],
    ],
  ],
  [
    'ARC-20',
    "a class begins with the name of its capability, which alone gives and styles it; the kit is restyled within what is one's own",
    classesByOwner,
    [
      ['client/rooms/plant.css', '@layer screens {\n  .caucus-bar {\n    color: red;\n  }\n}'],
      ['client/rooms/plant.css', '@layer screens {\n  .ui-button {\n    color: red;\n  }\n}'],
      ['client/ui/plant.css', '@layer ui {\n  .rooms-facts {\n    color: red;\n  }\n}'],
      ['client/messaging/Plant.tsx', 'export const Plant = () => <p className="rooms-facts">x</p>'],
      ['client/drafting/plant.ts', "export const made = { class: 'caucus-bar' }"],
    ],
  ],
  [
    'ARC-21',
    'a class that is styled is used, and one that is used is styled',
    knownClasses,
    [
      ['client/rooms/plant.css', '@layer screens {\n  .rooms-plant {\n    color: red;\n  }\n}'],
      ['client/rooms/Plant.tsx', "export const Plant = (on: boolean) => <p className={on ? 'rooms-plant' : 'rooms-facts'}>x</p>"],
    ],
  ],
  [
    'ARC-22',
    'every style sheet stands in its layer: the kit before the screens',
    sheetsInLayers,
    [
      ['client/rooms/plant.css', '.rooms-facts {\n  color: red;\n}'],
      ['client/rooms/plant.css', '@layer ui {\n  .rooms-facts {\n    color: red;\n  }\n}'],
      ['client/ui/plant.css', '@layer ui {\n  .ui-row {\n    color: red;\n  }\n}\n@media print {\n  .ui-row {\n    color: red;\n  }\n}'],
    ],
  ],
  [
    'ARC-23',
    'a screen changes its shape at named breakpoints alone',
    namedBreakpoints,
    [
      ['client/rooms/plant.css', '@layer screens {\n  @media (max-width: 37rem) {\n    .rooms-facts {\n      color: red;\n    }\n  }\n}'],
      ['client/ui/plant.css', '@layer ui {\n  @media (--huge) {\n    .ui-row {\n      color: red;\n    }\n  }\n}'],
    ],
  ],
]

describe('the architecture', () => {
  for (const [id, words, rule, planted, behind = []] of RULES) {
    it(`[${id}] ${words}`, () => {
      expect(rule(house)).toEqual([])
      for (const [path, text] of planted) {
        const others = behind.map(([at, its]) => parseSource(at, its))
        const found = rule([...house.filter((source) => source.path !== path), ...others, parseSource(path, text)])
        expect(found, path).not.toEqual([])
        expect(
          found.every((each) => each.startsWith(`${path}: `)),
          found.join('\n'),
        ).toBe(true)
      }
    })
  }

  it('[ARC-11] looks at what the process really loads', () => {
    expect(house.find(({ path }) => path === 'server/main.ts')?.loads).toContain('server/compose.ts')
  })

  it('[ARC-10] every spec rule has an id of its own and a test, and every cited rule exists', () => {
    const ids = readdirSync(join(ROOT, 'docs/spec')).flatMap((name) =>
      [...readFileSync(join(ROOT, 'docs/spec', name), 'utf8').matchAll(/^- \*\*([A-Z]{2,4}-\d+)\*\*/gm)].map((match) => match[1] ?? ''),
    )
    const rules = new Set(ids)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const testsIn = (folder: string, name: RegExp) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => name.test(path))
        .map((path) => readFileSync(join(ROOT, folder, path), 'utf8'))
    const texts = [
      ...house.filter(({ path }) => isTest(path) || path.includes('/contracts/')).map(({ text }) => text),
      ...testsIn('e2e', /\.(test|spec)\.tsx?$/),
      ...testsIn('scripts', /\.test\.(ts|mjs)$/),
      ...RULES.map(([id]) => `[${id}]`),
    ]
    const cited = new Set(texts.flatMap((text) => [...text.matchAll(/\[([A-Z]{2,4}-\d+)\]/g)].map((match) => match[1] ?? '')))
    const untested = [...rules].filter((rule) => !cited.has(rule))
    expect({ untested, unknown: [...cited].filter((rule) => !rules.has(rule)) }).toEqual({ untested: [], unknown: [] })
  })
})
