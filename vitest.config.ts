import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['shared/**/*.test.ts', 'server/**/*.test.ts', 'client/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    // With programs that are not on every machine: `npm run test:media`.
    exclude: [...configDefaults.exclude, 'server/calls/real-*.test.ts'],
    // Vitest's own process mostly waits: it needs no core for itself.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A fact that is waited for may take its time on a busy machine; what never comes still fails the test.
    expect: { poll: { timeout: 30_000 } },
  },
})
