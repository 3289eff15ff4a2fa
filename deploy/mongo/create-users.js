// Run once, by the image, when the data folder is empty: one user for the data, another for the keys, neither for both.
const { readFileSync } = require('fs')
const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim()
const admin = db.getSiblingDB('admin')

admin.createUser({ user: 'bitim', pwd: secret('mongo_data_password'), roles: [{ role: 'readWrite', db: 'bitim' }] })
admin.createUser({ user: 'bitim-keys', pwd: secret('mongo_keys_password'), roles: [{ role: 'readWrite', db: 'bitim_keys' }] })
