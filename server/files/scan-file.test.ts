// A scanner on a socket that speaks as clamd does.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { movingTimers } from '#server/testing/moving-timers.ts'
import { makeScanFile } from './scan-file.ts'

// Written in two halves, so that no scanner takes this test for one.
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('')
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

function listening(answer: (said: Buffer, socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    let said = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      said = Buffer.concat([said, data])
      answer(said, socket)
    })
  })
  servers.push(server)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))) // on TCP
}

/** What was streamed, once its end has come. */
function streamed(said: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 'zINSTREAM\0'.length; at + 4 <= said.length; ) {
    const length = said.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    parts.push(said.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

const clamd = (said: Buffer, socket: Socket) => {
  const bytes = streamed(said)
  if (bytes) socket.end(bytes.includes(EICAR) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0')
}

function fileOf(text: string, times = 1) {
  return {
    async *pieces() {
      for (let at = 0; at < times; at++) yield Buffer.from(text)
    },
  }
}

function scanner(port: number) {
  const timers = movingTimers()
  const troubles: unknown[] = []
  return { timers, troubles, scan: makeScanFile({ host: '127.0.0.1', port, timers, onTrouble: (cause) => void troubles.push(cause) }) }
}

it('[FIL-14] tells harm from no harm, in a long file too', async () => {
  const { scan, troubles } = scanner(await listening(clamd))
  expect(await scan(fileOf('сәлем '.repeat(5_000), 40))).toBe('harmless')
  expect(await scan(fileOf(EICAR))).toBe('harmful')
  expect(troubles).toEqual([])
})

it('[FIL-14] that is down, answers something else, hangs up or says nothing leaves the question open, and is told of', async () => {
  const gone = await listening(clamd)
  servers.pop()?.close()
  const others = [gone, await listening((said, socket) => void (streamed(said) && socket.end('INSTREAM size limit exceeded. ERROR\0')))]
  others.push(await listening((_said, socket) => void socket.destroy()))
  for (const port of others) {
    const { scan, troubles } = scanner(port)
    expect(await scan(fileOf('сәлем'))).toBe('unknown')
    expect(troubles).toHaveLength(1)
  }
  let asked = false
  const { scan, timers } = scanner(
    await listening(() => {
      asked = true
    }),
  )
  const silent = scan(fileOf('сәлем'))
  await expect.poll(() => asked).toBe(true)
  timers.advance(60_000)
  expect(await silent).toBe('unknown')
})
