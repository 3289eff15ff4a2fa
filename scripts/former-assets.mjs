// What the builds before this one were made of stays for a day: a page that was open when the new one came still opens its parts.
// Names are hashes of what is inside, so old and new files lie beside each other, and a server that runs meanwhile misses none.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const DAY = 24 * 60 * 60 * 1000

/** Takes out of `dist/client` what is neither of this build (`current`, paths below it) nor an asset that was replaced within a day. */
export function pruneFormerAssets(dist, current, now) {
  const client = join(dist, 'client')
  const list = join(dist, 'former-assets.json')
  const known = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {}
  const kept = {}
  for (const path of filesIn(client)) {
    const plain = path.replace(/\.(?:br|gz)$/, '')
    if (current.has(plain)) continue
    const replacedAt = known[plain] ?? now.toISOString()
    if (plain.startsWith('assets/') && now.getTime() - Date.parse(replacedAt) < DAY) kept[plain] = replacedAt
    else rmSync(join(client, path))
  }
  writeFileSync(list, `${JSON.stringify(kept, undefined, 2)}\n`)
}

export function filesIn(folder) {
  const names = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll('\\', '/'))
  return names.filter((name) => statSync(join(folder, name)).isFile()).sort()
}
