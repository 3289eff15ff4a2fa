import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundleServer } from './server-bundle.mjs'

it('[ARC-15] what the running server loads is a dependency, and nothing else is: the rest is for building and testing', async () => {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  const { metafile, outputFiles } = await bundleServer({ write: false })
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external))
  const packages = new Set(imported.map(({ path }) => packageOf(path)).filter((name) => !isOfNode(name)))
  expect([...packages].filter((name) => !(name in dependencies))).toEqual([])

  const code = outputFiles.map(({ text }) => text).join('\n')
  const isNamed = (name: string) => packages.has(name) || code.includes(`${name}/`) // fonts are found by their place in a package
  expect(Object.keys(dependencies).filter((name) => !isNamed(name))).toEqual([])
})

function packageOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/')
}

function isOfNode(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name)
}
