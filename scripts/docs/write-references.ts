import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { RULES, SERVER_EVENTS } from '#server/catalogue.ts'
import { ACTS } from '#shared/catalogue.ts'
import type { Schema } from '#shared/protocol/define.ts'
import type { AnyRoute, UploadDefinition } from '#shared/protocol/route.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/wire.ts'

const WHO = { none: 'everybody', staff: 'signed-in staff', owner: 'the owner', person: 'people of the case' } as const

const root = join(import.meta.dirname, '../..')
const references = { 'docs/protocol.md': await protocol(), 'docs/http.md': await http(), 'docs/rights.md': rights() }
const check = process.argv.includes('--check')
let stale = 0

for (const [path, text] of Object.entries(references)) {
  const file = join(root, path)
  if (read(file) === text) continue
  if (check) {
    console.error(`${path} is not what the definitions say: run npm run docs`)
    stale++
  } else {
    writeFileSync(file, text)
    console.log(`wrote ${path}`)
  }
}
process.exitCode = stale === 0 ? 0 : 1

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // not written yet
  }
}

async function protocol(): Promise<string> {
  const commands = RULES.map(
    ({ command, by, facts, binds }) =>
      `### ${command.name}\n\n${by === 'person' ? 'Asked by a person.' : 'A step of the system; no person can ask for it.'}${factsLine(Object.values(facts).map((fact) => fact.name))}${bindsLine(binds)}\n\n${shape(command.input)}`,
  )
  const events = SERVER_EVENTS.map((event) => `### ${event.name} (version ${event.version})\n\n${shape(event.body)}`)
  return page(
    'The protocol',
    [
      `Version ${PROTOCOL_VERSION}. One Socket.IO connection per person and case. Messages of the socket itself: ${await messagesIn('protocol/wire.ts')}.`,
      ...(await Promise.all(filesOfShared(/-wire\.ts$/).map(async (file) => `Of a capability's own: ${await messagesIn(file)}.`))),
    ].join(' '),
    ['## Commands', ...commands, '## Events', ...events],
  )
}

/** The values of what is called WIRE there. */
async function messagesIn(file: string): Promise<string> {
  const module = await importShared(file)
  const wires = Object.entries(module).filter(([name]) => name.endsWith('WIRE'))
  const names = wires.flatMap(([, names]) => Object.values(names as Readonly<Record<string, string>>)) // as WIRE is everywhere
  return `${names.map((name) => `\`${name}\``).join(', ')} (shared/${file})`
}

function filesOfShared(pattern: RegExp): readonly string[] {
  const files = readdirSync(join(root, 'shared'), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => pattern.test(file)).sort()
}

function importShared(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(join(root, 'shared', file)).href)
}

function factsLine(names: readonly string[]): string {
  return names.length === 0 ? '' : ` Looks up: ${names.join(', ')}.`
}

/** Which answers bind is the rule's to say. */
function bindsLine(binds: (typeof RULES)[number]['binds']): string {
  return [false, true].some((yes) => binds({ agreed: yes, isRight: yes, allowed: yes })) ? ' Binds.' : ''
}

async function http(): Promise<string> {
  const routes: (AnyRoute | UploadDefinition)[] = []
  for (const file of filesOfShared(/-(protocol|routes)\.ts$/)) {
    for (const value of Object.values(await importShared(file))) if (isRoute(value)) routes.push(value)
  }
  const sections = routes.map((route) => {
    if (route.kind === 'upload')
      return `### ${route.method} ${route.path}\n\nFor: ${WHO[route.auth]}. Bytes, by the tus protocol.\n\nInput:\n\n${shape(route.input)}`
    const answer = route.kind === 'json' ? `Answer:\n\n${shape(route.answer)}` : `Answer: bytes, \`${route.mediaType}\`.`
    return `### ${route.method} ${route.path}\n\nFor: ${WHO[route.auth]}.${route.kind === 'json' && route.binds ? ' Binds.' : ''} At most ${route.maxBytes} bytes.\n\nInput:\n\n${shape(route.input)}\n\n${answer}`
  })
  return page(
    'The HTTP reference',
    'Names in the path travel in the path, the rest in the query of a GET or in a JSON body. A refusal is a status and a `Problem`.',
    sections,
  )
}

function rights(): string {
  const rows = ACTS.flatMap(({ name, lines }) =>
    lines.map(({ roles, rooms, phases }) => `| ${[`\`${name}\``, ...[roles, rooms, phases].map(listed)].join(' | ')} |`),
  )
  return page(
    'Who may do what',
    'Whatever stands in no line is denied. Who may read a room is said by grants, not here. A room of one side is open to its own people and to mediators, a room of one person to that person, ' +
      'and to mediators if it is a direct one; whose it is not is denied there whatever the line says. Whoever belongs to no side does in a side’s room what their line says only with a grant to it. Policies add facts of their own ' +
      '(a running session, a text that is closed) and take away, never give.',
    ['| act | who | in which rooms | in which phases |\n|---|---|---|---|\n'.concat(rows.join('\n'))],
  )
}

function listed(names: readonly string[]): string {
  return names.join(', ') || 'none'
}

function isRoute(value: unknown): value is AnyRoute | UploadDefinition {
  return typeof value === 'object' && value !== null && 'path' in value && 'auth' in value && 'method' in value
}

function shape(schema: Schema): string {
  const json = z.toJSONSchema(schema as z.core.$ZodType, { unrepresentable: 'any', io: 'input' })
  const { $schema: _schema, ...rest } = json
  return `\`\`\`json\n${JSON.stringify(rest, null, 1)}\n\`\`\``
}

function page(title: string, lead: string, sections: readonly string[]): string {
  return `# ${title}\n\nWritten by \`npm run docs\` from the definitions in \`shared/\`; not by hand.\n\n${lead}\n\n${sections.join('\n\n')}\n`
}
