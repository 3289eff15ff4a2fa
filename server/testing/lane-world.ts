// A case in session behind sockets, with one lane to look at: stopped, killed and started again over the same storage.
import type { Socket } from 'socket.io-client'
import type { CaseLog } from '#server/log/case-log.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import type { Lane } from '#server/realtime/socket-server.ts'
import type { Storage } from '#server/storage/ports.ts'
import { openSession, type SupplyCase, supplyCase } from './case-world.ts'
import type { SetClock } from './clock.ts'
import { connected, type SocketWorld, socketWorld } from './socket-world.ts'
import { memoryStorage } from './storage.ts'

interface StartedLane {
  readonly lane: Lane
  readonly subscriber?: Subscriber
  close(): Promise<void>
}

/** Makes the lane, over the log of the server that is being started. */
export type MakeLane = (log: Pick<CaseLog, 'loaded' | 'step'>) => StartedLane

export interface LaneWorld {
  readonly storage: Storage
  readonly scene: SupplyCase
  /** Of the server that runs now. */
  sockets(): SocketWorld
  /** Another server on the same storage. */
  start(make?: MakeLane): Promise<void>
  stop(): Promise<void>
  /** The server is gone before it can write down anything. */
  kill(): Promise<void>
  enter(person: { readonly id: string }): Promise<Socket>
  close(): Promise<void>
}

export async function laneWorld(clock: SetClock, first: MakeLane): Promise<LaneWorld> {
  const storage = memoryStorage()
  const scene = supplyCase()
  let server = await startServer(first, storage, clock)
  await openSession(server.sockets.log, scene)
  return {
    storage,
    scene,
    sockets: () => server.sockets,
    async start(make = first) {
      server = await startServer(make, storage, clock)
    },
    stop: () => server.stop(),
    kill: () => server.kill(),
    async enter({ id }) {
      const socket = server.sockets.connect(scene.caseId, id)
      await connected(socket)
      return socket
    },
    async close() {
      await server.stop()
      await storage.close()
    },
  }
}

async function startServer(make: MakeLane, storage: Storage, clock: SetClock) {
  let isKilled = false
  const log = (): CaseLog => sockets.log
  const { lane, subscriber, close } = make({
    loaded: (caseId) => log().loaded(caseId),
    step: (...given) => (isKilled ? Promise.resolve([]) : log().step(...given)),
  })
  const sockets = await socketWorld({ storage, clock, lanes: [lane] })
  if (subscriber) sockets.subscribers.add(subscriber)
  return {
    sockets,
    async stop() {
      await close()
      await sockets.close()
    },
    async kill() {
      isKilled = true
      await sockets.close()
    },
  }
}
