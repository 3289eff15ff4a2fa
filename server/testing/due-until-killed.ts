// A process for the test of due steps: begins the step that is due, says so, and never finishes it. Arguments: folder, kind, subject.
import { makeDue } from '#server/due/due.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { realSystem } from '#server/system.ts'

const [folder = '', kind = '', subject = ''] = process.argv.slice(2)
const storage = openSqlite({ folder })
const system = realSystem()
const due = makeDue({
  ...system,
  store: storage.due,
  recordsKey: new Uint8Array(32).fill(7),
  onTrouble: (cause) => process.stderr.write(`${cause}`),
})
await due.schedule(kind, subject, system.clock.now())
due.start([
  {
    kind,
    run(about) {
      process.stdout.write(`${about}\n`)
      return new Promise(() => undefined)
    },
  },
])
