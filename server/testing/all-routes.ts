// Every HTTP route that is declared anywhere in shared/, found by looking, so that none can be forgotten.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyRoute } from '#shared/protocol/route.ts'

export async function allRoutes(): Promise<readonly AnyRoute[]> {
  const root = join(import.meta.dirname, '../../shared')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /-(protocol|routes)\.ts$/.test(name))
  const routes = new Set<AnyRoute>()
  for (const file of files) {
    const module: Record<string, unknown> = await import(join(root, file))
    for (const each of Object.values(module)) if (isRoute(each)) routes.add(each)
  }
  return [...routes]
}

function isRoute(value: unknown): value is AnyRoute {
  if (typeof value !== 'object' || value === null) return false
  return 'path' in value && 'auth' in value && 'kind' in value && (value.kind === 'json' || value.kind === 'download')
}
