// manifest.json against one that is made anew from the parts. It lists every part, also those that whoever brings the file does not have.
import { equalBytes, latin, utf8 } from '#shared/kernel/bytes.ts'
import type { Digester } from '#shared/kernel/digest.ts'
import type { Checks } from './checks.ts'
import { manifestJson, PART } from './parts.ts'
import type { ReadChain } from './read-chain.ts'
import type { ZipFile } from './stored-zip.ts'

/** Where it differs only because a part was changed, that part is the broken one. */
export async function checkManifest(
  crypto: Digester,
  checks: Checks,
  { caseId, chain, names }: Pick<ReadChain, 'caseId' | 'chain'> & { readonly names: readonly string[] },
): Promise<void> {
  const whole = checks.bytesOf(PART.manifest)
  if (!whole) return
  const listed = names.filter((name) => name !== PART.manifest)
  const files = listed.flatMap((name): ZipFile[] => {
    const bytes = checks.found.get(name)
    return bytes ? [{ name, bytes }] : []
  })
  const given = without(
    latin(whole),
    listed.filter((name) => !checks.found.has(name)),
  )
  const mine = await manifestJson(crypto, { caseId, chain, files })
  if (equalBytes(utf8(mine), utf8(given))) return
  const [mineLines, givenLines] = [mine.split('\n'), given.split('\n')]
  const explained =
    mineLines.length === givenLines.length &&
    mineLines.every((line, i) => line === givenLines[i] || (isDigestLine(line, givenLines[i]) && checks.isBroken(nameAbove(mineLines, i))))
  if (!explained) checks.broken(PART.manifest, 'changed')
}

/** Whether the manifest lists a part of this name. */
export function isListed(manifest: Uint8Array, name: string): boolean {
  return latin(manifest).includes(`"name": "${name}"`)
}

/** The manifest as it would be without these parts. None of them is the last: that is the chain, without which no manifest is checked. */
function without(manifest: string, missing: readonly string[]): string {
  return missing.reduce((text, name) => {
    const at = text.indexOf(`    {\n      "name": "${name}",\n`)
    const lines =
      at < 0
        ? undefined
        : /^ {4}\{\n {6}"name": "[^"\n]*",\n {6}"size": \d+,\n {6}"(?:sha256|digest)": "[^"\n]*"\n {4}\},\n/.exec(text.slice(at))
    return lines ? text.slice(0, at) + text.slice(at + lines[0].length) : text
  }, manifest)
}

function isDigestLine(mine: string, given: string | undefined): boolean {
  const pattern = /^ {6}"(?:sha256|digest|size)": (?:"(?:sha-256:)?[0-9a-f]{64}"|\d+,)$/
  return pattern.test(mine) && pattern.test(given ?? '')
}

function nameAbove(lines: readonly string[], at: number): string {
  const line = lines.slice(0, at).findLast((candidate) => candidate.startsWith('      "name": ')) ?? ''
  return /"name": "([^"]*)"/.exec(line)?.[1] ?? ''
}
