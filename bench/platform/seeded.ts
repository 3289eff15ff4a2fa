// A prepared data folder: who sits in which case, each with a token that is good for ten minutes.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bench, root } from '../lib/paths.ts'

export interface SeededSession {
  readonly caseId: string
  readonly participantId: string
  readonly token: string
  /** What its device's cookie would hold. */
  readonly secret: string
}

export interface Seeded {
  /** By case; the mediator first. */
  readonly sessions: readonly (readonly SeededSession[])[]
}

export function newFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(process.env.BENCH_DATA ?? tmpdir(), 'bitim-bench-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** `messages`: in the first case alone, of some kilobytes each; `talk`: short ones, by everybody in turn. */
export async function seed(
  folder: string,
  { cases, people, messages = 0, talk = false }: { cases: number; people: number; messages?: number; talk?: boolean },
): Promise<Seeded> {
  const args = [
    '--import',
    'tsx',
    join(bench, 'platform/seed.ts'),
    folder,
    String(cases),
    String(people),
    String(messages),
    talk ? 'talk' : 'long',
  ]
  await promisify(execFile)(process.execPath, args, { cwd: root })
  return JSON.parse(readFileSync(sessionsFile(folder), 'utf8')) as Seeded // written by seed.ts
}

export function sessionsFile(folder: string): string {
  return join(folder, 'sessions.json')
}
