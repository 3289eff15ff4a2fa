import { serveTasks } from '../serve-tasks.ts'
import { performs } from '../task.ts'
import { echo, fault, hang, waste } from './test-tasks.ts'

serveTasks([
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
