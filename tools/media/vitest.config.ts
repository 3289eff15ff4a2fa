// `npm run test:media`: calls with real browsers, a real relay and a real SFU, which must be on the machine (`.ci/run` installs them).
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['server/calls/real-*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000, expect: { poll: { timeout: 60_000 } } },
})
