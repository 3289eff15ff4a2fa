import { expect, it } from 'vitest'
import { type LinkReach, reachOf } from './link-reach.ts'

it.each<[LinkReach, readonly string[]]>([
  [
    'this-device',
    ['http://localhost:8080', 'https://localhost', 'http://bitim.localhost', 'http://127.0.0.1', 'http://127.9.9.9:1', 'http://[::1]:80'],
  ],
  ['this-device', ['http://0.0.0.0:8080', 'http://2130706433', 'http://[::ffff:127.0.0.1]', 'http://LOCALHOST.']],
  [
    'this-network',
    ['http://10.0.0.7', 'https://192.168.1.4', 'http://172.16.0.1', 'http://172.31.255.1', 'http://169.254.1.1', 'https://100.64.0.1'],
  ],
  [
    'this-network',
    ['https://server', 'http://bitim.local', 'https://mediator.lan', 'http://[fd00::1]', 'http://[fe80::1]', 'http://[::ffff:10.0.0.1]'],
  ],
  ['unprotected', ['http://bitim.kz', 'http://172.32.0.1', 'http://11.0.0.1', 'http://100.128.0.1', 'http://[2a00::1]']],
  ['everybody', ['https://bitim.kz', 'https://8.8.8.8', 'https://10.example.kz', 'https://локал.kz', 'https://local.kz']],
])('[JOI-45] %s: who can open a link, by its address', (reach, addresses) => {
  for (const address of addresses) expect([address, reachOf(`${address}/join#secret`)]).toEqual([address, reach])
})
