import type { Rolldown } from 'vite'

export type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>

/** The chunks that are meant, with all that is loaded with them. */
export function reached(bundle: Bundle, isMeant: (output: Bundle[string]) => boolean): string[] {
  const found = new Set<string>()
  const visit = (name: string) => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || found.has(name)) return
    found.add(name)
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) found.add(asset)
    for (const next of chunk.imports) visit(next)
  }
  for (const [name, output] of Object.entries(bundle)) if (isMeant(output)) visit(name)
  return [...found].sort()
}
