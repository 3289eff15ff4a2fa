// One page with every picture beside its brothers in the other languages, sizes and schemes.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCALES } from '#shared/kernel/locale.ts'

export function writeContactSheet(folder: string): void {
  const rows = new Map<string, string[]>()
  for (const locale of LOCALES) {
    if (!existsSync(join(folder, locale))) continue
    for (const file of readdirSync(join(folder, locale)).filter((name) => name.endsWith('.png'))) {
      const [screen = file] = file.split('.')
      rows.set(screen, [...(rows.get(screen) ?? []), `${locale}/${file}`])
    }
  }
  const sections = [...rows].sort(([one], [other]) => one.localeCompare(other)).map(([screen, files]) => section(screen, files))
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Bitim: screens</title>
<style>body{font:1rem sans-serif;margin:2rem;background:#888}section{margin-block-end:2rem}div{display:flex;flex-wrap:wrap;gap:1rem;align-items:start}
figure{margin:0}img{max-inline-size:22rem;max-block-size:30rem;display:block}figcaption{font-size:.8rem}</style>
${sections.join('\n')}
`,
  )
}

function section(screen: string, files: readonly string[]): string {
  const figures = files.map(
    (file) => `<figure><a href="${file}"><img loading="lazy" src="${file}" alt="${file}"></a><figcaption>${file}</figcaption></figure>`,
  )
  return `<section><h2>${screen}</h2><div>${figures.join('')}</div></section>`
}
