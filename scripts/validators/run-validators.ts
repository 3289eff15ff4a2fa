// Unpacks bundles and hands their files to openssl, EU DSS and veraPDF.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sampleSigning } from '#server/signing/bundle/sample-signing.ts'
import { PART } from '#shared/signing/bundle/parts.ts'
import { readZip } from '#shared/signing/bundle/stored-zip.ts'

interface Deps {
  /** Paths of bundles; empty: a sample is made. */
  readonly bundles: readonly string[]
  /** An empty folder for unpacking. */
  readonly folder: string
  readonly tools: string
  readonly print: (line: string) => void
}

const NEEDED = [
  { command: 'openssl', args: ['version'], install: 'apt-get install -y openssl' },
  { command: 'java', args: ['-version'], install: 'apt-get install -y default-jdk-headless' },
  { command: 'mvn', args: ['-version'], install: 'apt-get install -y maven' },
] as const

/** The process's exit code. */
export async function runValidators({ bundles, folder, tools, print }: Deps): Promise<number> {
  const missing = NEEDED.filter(({ command, args }) => spawnSync(command, args).error)
  for (const { command, install } of missing) print(`missing: ${command}. Install it with: ${install}`)
  if (missing.length > 0 || !(await haveJars(tools, print))) return 2

  const sources = bundles.length > 0 ? await Promise.all(bundles.map((path) => readFile(path))) : [await makeSample(print)]
  let passed = true
  for (const [i, bytes] of sources.entries()) {
    const target = join(folder, String(i + 1))
    const names = await unpack(bytes, target)
    passed = validate({ target, names, tools, print }) && passed
  }
  print(passed ? 'All validators agree.' : 'A validator disagrees: see above.')
  return passed ? 0 : 1
}

function validate({
  target,
  names,
  tools,
  print,
}: {
  target: string
  names: readonly string[]
  tools: string
  print: Deps['print']
}): boolean {
  const signatures = names.filter((name) => name.endsWith('.p7s'))
  const run = (command: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: target, encoding: 'utf8' })
    const said = `${stdout}${status === 0 ? '' : stderr}`.trim()
    if (said) for (const line of said.split('\n')) print(line)
    return status === 0
  }
  const java = (program: string, args: readonly string[]) =>
    run('java', ['-Dorg.slf4j.simpleLogger.defaultLogLevel=error', '-cp', join(tools, 'lib', '*'), join(tools, program), ...args])

  const verdicts = signatures.map((name) => {
    const detached = ['-binary', '-inform', 'DER', '-in', name, '-content', PART.pdf, '-CAfile', PART.authority, '-purpose', 'any']
    const verified = run('openssl', ['cms', '-verify', '-cades', ...detached, '-out', '/dev/null'])
    print(`${name} | openssl cms -verify -cades | ${verified ? 'verified' : 'FAILED'}`)
    return verified
  })
  verdicts.push(java('Validate.java', [PART.authority, ...signatures.map((name) => `${name}=${PART.pdf}`)]))
  verdicts.push(java('PdfA.java', [PART.pdf, PART.completionPdf]))
  return signatures.length > 0 && verdicts.every(Boolean)
}

async function haveJars(tools: string, print: Deps['print']): Promise<boolean> {
  const jars = await readdir(join(tools, 'lib')).catch(() => []) // not fetched yet
  if (jars.length > 0) return true
  print('Fetching the validators from Maven Central …')
  const { status, stderr } = spawnSync('mvn', ['-q', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], {
    cwd: tools,
    encoding: 'utf8',
  })
  if (status !== 0) {
    for (const line of `Maven could not fetch them: ${stderr.trim()}`.split('\n')) print(line)
    print('Try: cd tools/validators && mvn dependency:copy-dependencies -DoutputDirectory=lib')
  }
  return status === 0
}

/** Signed some minutes ago by this machine's clock, because validators look at theirs. */
async function makeSample(print: Deps['print']): Promise<Uint8Array> {
  print('No bundle named: validating a sample agreement.')
  const then = Date.now() - 20 * 60_000
  const { bundle } = await sampleSigning({ clock: { now: () => then }, entropy: { bytes: (count) => randomBytes(count) } })
  return bundle
}

async function unpack(bytes: Uint8Array, target: string): Promise<string[]> {
  const reading = readZip(bytes)
  if (!reading.ok) throw new TypeError(`not a bundle: ${reading.fault}`)
  for (const { name, bytes: content } of reading.files) {
    if (!/^[\w-]+(?:\/[\w-]+)?\.\w+$/.test(name)) throw new TypeError(`not a file of a bundle: ${name}`)
    await mkdir(dirname(join(target, name)), { recursive: true })
    await writeFile(join(target, name), content)
  }
  return reading.files.map(({ name }) => name)
}
