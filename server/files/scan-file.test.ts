// A scanner on a socket that speaks as clamd does.
import { afterEach, expect, it } from 'vitest'
import { movingTimers } from '#server/testing/moving-timers.ts'
import { makeScanFile } from './scan-file.ts'
import { clamd, EICAR, type Listening, listening, streamed } from './testing/fake-clamd.ts'

const opened: Listening[] = []
afterEach(() => {
  for (const each of opened.splice(0)) each.close()
})

async function portOf(answer: Parameters<typeof listening>[0]): Promise<number> {
  const each = await listening(answer)
  opened.push(each)
  return each.port
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
  const { scan, troubles } = scanner(await portOf(clamd))
  expect(await scan(fileOf('сәлем '.repeat(5_000), 40))).toBe('harmless')
  expect(await scan(fileOf(EICAR))).toBe('harmful')
  expect(troubles).toEqual([])
})

it('[FIL-14] that is down, answers something else, hangs up or says nothing leaves the question open, and is told of', async () => {
  const gone = await portOf(clamd)
  opened.pop()?.close()
  const others = [gone, await portOf((said, socket) => void (streamed(said) && socket.end('INSTREAM size limit exceeded. ERROR\0')))]
  others.push(await portOf((_said, socket) => void socket.destroy()))
  for (const port of others) {
    const { scan, troubles } = scanner(port)
    expect(await scan(fileOf('сәлем'))).toBe('unknown')
    expect(troubles).toHaveLength(1)
  }
  let asked = false
  const { scan, timers } = scanner(
    await portOf(() => {
      asked = true
    }),
  )
  const silent = scan(fileOf('сәлем'))
  await expect.poll(() => asked).toBe(true)
  timers.advance(60_000)
  expect(await silent).toBe('unknown')
})
