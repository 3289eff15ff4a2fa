// The HTTP side alone, with nobody signed in and no client, unless a test says otherwise; and what it writes into its log.
import { createHttpApp, type HttpAppDeps } from '#server/http/create-http-app.ts'
import { createLog } from '#server/http/log.ts'
import { setClock } from './clock.ts'
import { seededEntropy } from './entropy.ts'

export function testHttpApp(deps: Pick<HttpAppDeps, 'routes'> & Partial<HttpAppDeps>) {
  const lines: string[] = []
  const app = createHttpApp({
    authenticate: async () => undefined,
    isLive: async () => true,
    demandOwnCode: async () => undefined,
    personOf: async () => undefined,
    publicUrl: () => 'http://localhost',
    checkAnswers: true,
    trustProxy: false,
    clientFolder: undefined,
    log: createLog({ level: 'info', write: (line) => void lines.push(line) }),
    clock: setClock(),
    entropy: seededEntropy('http'),
    healthy: async () => true,
    ...deps,
  })
  return { app, lines }
}
