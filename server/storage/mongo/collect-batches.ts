// Gathers what is appended in one turn of the event loop, or while earlier batches are on their way, into one batch: a
// majority write costs a round trip between servers, whether it carries one commit or fifty.

/** One on its way while the next is made ready; more would only make smaller batches. */
const UNDER_WAY = 2
const BATCH_LIMIT = 500

interface Waiting<Item, Answer> {
  readonly items: readonly Item[]
  readonly resolve: (answers: readonly Answer[]) => void
  readonly reject: (error: unknown) => void
}

export function collectBatches<Item, Answer>(
  append: (items: readonly Item[]) => Promise<readonly Answer[]>,
  /** Names the sequence that it belongs to. */
  keyOf: (item: Item) => string,
  schedule: (run: () => void) => void,
): (items: readonly Item[]) => Promise<readonly Answer[]> {
  const waiting: Waiting<Item, Answer>[] = []
  let underWay = 0
  let scheduled = false

  function scheduleNext(): void {
    if (scheduled || waiting.length === 0 || underWay >= UNDER_WAY) return
    scheduled = true
    schedule(() => {
      scheduled = false
      void send()
    })
  }

  async function send(): Promise<void> {
    const batch = takeBatch()
    underWay++
    scheduleNext()
    try {
      const answers = await append(batch.flatMap((one) => one.items))
      let at = 0
      for (const { items, resolve } of batch) {
        resolve(answers.slice(at, at + items.length))
        at += items.length
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      underWay--
      scheduleNext()
    }
  }

  function takeBatch(): Waiting<Item, Answer>[] {
    const batch: Waiting<Item, Answer>[] = []
    const left: Waiting<Item, Answer>[] = []
    const touched = new Set<string>()
    let count = 0
    for (const one of waiting.splice(0)) {
      // Callers that compete for a sequence must not block one another as if they were one caller: the later one waits.
      const apart = count < BATCH_LIMIT && one.items.every((item) => !touched.has(keyOf(item)))
      for (const item of one.items) touched.add(keyOf(item))
      if (apart) count += one.items.length
      ;(apart ? batch : left).push(one)
    }
    waiting.push(...left)
    return batch
  }

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject })
      scheduleNext()
    })
}
