// Healthy means: takes writes. A member that belongs to no replica set yet is made the only one of a new set; the next check finds it ready.
const { readFileSync } = require('fs')
const admin = connect('mongodb://127.0.0.1:27017/admin?directConnection=true')
admin.auth('root', readFileSync('/run/secrets/mongo_root_password', 'utf8').trim())

if (admin.runCommand({ hello: 1 }).isWritablePrimary) quit(0)
try {
  admin.adminCommand({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] } })
} catch (error) {
  if (error.codeName !== 'AlreadyInitialized') print(error.codeName ?? 'cannot start the replica set')
}
quit(1)
