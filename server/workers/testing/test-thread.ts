import { serveTasks } from '../serve-tasks.ts'
import { performs } from '../task.ts'
import { echo, fault, hang, kept, make, waste } from './test-tasks.ts'

let made: Uint8Array | undefined

serveTasks([
  performs(make, (length) => {
    const bytes = Buffer.alloc(length, 'x')
    made = bytes
    return bytes
  }),
  performs(kept, () => made?.length ?? -1),
  performs(echo, (text) => text),
  performs(hang, () => {
    for (;;);
  }),
  performs(waste, () => {
    const held: number[][] = []
    for (;;) held.push(Array.from({ length: 10_000 }, () => held.length))
  }),
  performs(fault, (text) => {
    throw new RangeError(text)
  }),
])
