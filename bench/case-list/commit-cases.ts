// Commits in cases of the list, in a process of its own. `tsx bench/case-list/commit-cases.ts <folder> <cases> behind | cost`
// behind: one commit in each of so many cases, which no list is told of, as when a server is killed right after them.
// cost: what the list adds to a commit, in CPU microseconds of this process, printed as JSON; with the list and without it in turn.
import { listCases } from '#server/cases/case-list.ts'
import { act } from '#server/testing/case-world.ts'
import { agreementConfirm, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { median } from '../lib/measure.ts'
import { openLog } from '../platform/open-log.ts'
import { readListed } from './listed.ts'

const AT_ONCE = 20
const ROUNDS = 10
const WARM_UP = 2

const [folder = '', cases = '100', what = 'behind'] = process.argv.slice(2)
const { account, cases: listed } = readListed(folder)
const { log, projections, subscribers, close } = await openLog(folder)
let isFollowed = false
subscribers.add({
  name: 'the list, in turn',
  committed(committed) {
    if (isFollowed) projections.subscriber.committed?.(committed)
  },
})
// Those in the middle: neither end of an index is cheaper.
const from = Math.max(0, Math.floor((listed.length - Number(cases)) / 2))
const mediators = listed.slice(from, from + Number(cases)).map(({ caseId, mediator: id }): Person => {
  return { kind: 'person', caseId, id, role: 'mediator' }
})

async function inEach(commit: (mediator: Person) => Promise<unknown>, rest?: () => Promise<unknown>): Promise<void> {
  for (let at = 0; at < mediators.length; at += AT_ONCE) {
    await Promise.all(mediators.slice(at, at + AT_ONCE).map(commit))
    await rest?.()
  }
}

await inEach((mediator) => act(log, mediator, agreementConfirm, { agreement: true, explanation: true, remoteForm: true }))
if (what === 'cost') {
  await projections.catchUp()
  const spent = { with: [] as number[], without: [] as number[] }
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    isFollowed = round % 2 === 0
    const command = isFollowed ? sessionStart : sessionEnd
    const began = process.cpuUsage()
    // A page waits until what was told of stands in it: the list follows each few commits, as it does where people work.
    await inEach(
      (mediator) => act(log, mediator, command, {}),
      () => listCases(projections, account, {}),
    )
    const { user, system } = process.cpuUsage(began)
    if (round >= WARM_UP) spent[isFollowed ? 'with' : 'without'].push((user + system) / mediators.length)
  }
  console.log(JSON.stringify({ microseconds: median(spent.with) - median(spent.without) }))
}
await close()
process.exit(0)
