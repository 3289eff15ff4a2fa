// Starts the MongoDB-compatible server for tests on a free port. Run by hand it prints the variable that the tests read;
// given a command it runs that with the variable set and ends with it:
//   node tools/mongo/start.mjs
//   node tools/mongo/start.mjs npx vitest run server/storage
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const here = import.meta.dirname

/** The jars are fetched once, from Maven Central; needs a JDK of 17 or newer and Maven. */
function haveJars() {
  const lib = join(here, 'lib')
  if (existsSync(lib) && readdirSync(lib).some((name) => name.startsWith('mongo-java-server-core'))) return
  const maven = spawnSync('mvn', ['-q', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], { cwd: here, stdio: ['ignore', 2, 2] })
  if (maven.error || maven.status !== 0) {
    throw new Error('could not fetch the test server: install default-jdk-headless and maven', { cause: maven.error })
  }
}

/**
 * Resolves when it listens. `place` is `memory` or the path of a file that survives a restart.
 * @param {string} [place]
 * @returns {Promise<{ uri: string, stop: () => Promise<void> }>}
 */
async function startMongo(place = 'memory') {
  haveJars()
  const server = spawn('java', ['-Dorg.slf4j.simpleLogger.defaultLogLevel=error', '-cp', 'lib/*', 'Wire.java', '0', place], {
    cwd: here,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => {
    server.once('error', resolve)
    server.once('exit', resolve)
  })
  for await (const line of createInterface({ input: server.stdout })) {
    const port = /^ready (\d+)$/.exec(line)?.[1]
    if (port === undefined) continue
    server.stdout.resume()
    return {
      uri: `mongodb://127.0.0.1:${port}/bitim`,
      stop: async () => {
        server.stdin.end()
        await ended
      },
    }
  }
  throw new Error('the test server ended before it was ready: is a JDK of 17 or newer installed?')
}

async function main([command, ...rest]) {
  const mongo = await startMongo()
  const environment = { ...process.env, TEST_MONGODB_URI: mongo.uri }
  if (command === undefined) {
    console.log(`TEST_MONGODB_URI=${mongo.uri}`)
    process.once('SIGINT', () => mongo.stop())
    process.once('SIGTERM', () => mongo.stop())
    return
  }
  const child = spawn(command, rest, { stdio: 'inherit', env: environment })
  process.exitCode = await new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code) => resolve(code ?? 1))
  })
  await mongo.stop()
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2))
