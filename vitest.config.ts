import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'house',
          include: ['shared/**/*.test.ts', 'server/**/*.test.ts', 'scripts/**/*.test.ts'],
          // With programs that are not on every machine: `npm run test:media`.
          exclude: [...configDefaults.exclude, 'server/calls/real-*.test.ts'],
          // Nothing here lives in a module: files share what was loaded once, a third of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'screens', include: ['client/**/*.test.{ts,tsx}'] } },
    ],
    // Vitest's own process mostly waits: it needs no core for itself.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A fact that is waited for may take its time on a busy machine; what never comes still fails the test.
    expect: { poll: { timeout: 30_000 } },
  },
})
