// Calls over sockets with everything seeded and handed in, where bytes are compared and clocks are set.
import { RULES } from '#server/catalogue.ts'
import { provideFact } from '#server/log/facts.ts'
import type { Lane } from '#server/realtime/socket-server.ts'
import { newCommandId, type WorldOptions } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { type SocketWorld, socketWorld } from '#server/testing/socket-world.ts'
import { jointWayFact } from '#shared/calls/calls-facts.ts'
import type { Sfu } from '../sfu.ts'
import { startCalls } from '../start-calls.ts'

/** Of rules that these tests do not use. */
const elsewhere = RULES.flatMap(({ facts }) => Object.values(facts)).map((fact) =>
  provideFact(fact, () => Promise.reject(new Error(`${fact.name} is not looked up in this world`))),
)

interface CallOptions extends WorldOptions {
  readonly sfu?: Sfu
}

export async function callWorld({ clock = setClock(), seed = 'calls', sfu, ...options }: CallOptions): Promise<SocketWorld> {
  let lane: Lane | undefined
  const facts = [...elsewhere, provideFact(jointWayFact, async () => 'relay' as const)]
  const world = await socketWorld({ ...options, clock, seed, facts, lanes: [(connection) => lane?.(connection)] })
  const { log, timers, subscribers } = world
  const turn = { urls: ['turn:turn.example.kz:3478'], secret: 'a-secret-of-the-relay' }
  const config = { on: true, joint: 'relay', apart: 'relay', turn, janus: undefined } as const
  const started = startCalls({
    config,
    sfu,
    log,
    clock,
    timers,
    entropy: seededEntropy(seed),
    newStep: newCommandId,
    onTrouble(cause) {
      throw cause
    },
  })
  lane = started.lane
  subscribers.add(started.subscriber)
  return {
    ...world,
    async close() {
      started.close()
      await world.close()
    },
  }
}
