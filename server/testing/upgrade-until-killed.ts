// A process for the upgrade test: brings a folder to a version with two more steps, and dies in the middle of the second.
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { DATA_STEPS } from '#server/storage/sqlite/schema.ts'

const [folder = ''] = process.argv.slice(2)
openSqlite(
  { folder },
  {
    starting: { now: () => Date.now(), tell: (line) => void process.stdout.write(`${line}\n`) },
    dataSteps: [
      ...DATA_STEPS,
      (database) => database.execute('CREATE TABLE added (a INTEGER); INSERT INTO added SELECT commit_number FROM log_event'),
      (database) => {
        database.execute("UPDATE log_event SET type = 'changed'")
        process.kill(process.pid, 'SIGKILL')
        for (;;); // the signal is on its way
      },
    ],
  },
)
