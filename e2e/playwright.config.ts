import { defineConfig } from '@playwright/test'

/** Debian's Chromium; the flags keep it from looking for hosts outside. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** Files at the same time, each with a browser and a platform of its own. Where people listen to each other a second browser would be heard as a poor line. */
const AT_ONCE = Number(process.env.E2E_WORKERS ?? 1)
const LISTENING = /(calls|afternoon)\.spec\.ts$/

export default defineConfig({
  testDir: '.',
  workers: AT_ONCE,
  fullyParallel: false,
  ...(AT_ONCE > 1 && {
    projects: [
      { name: 'people', testIgnore: LISTENING },
      { name: 'listening', testMatch: LISTENING, workers: 1, dependencies: ['people'] },
    ],
  }),
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: '../test-results',
  use: {
    browserName: 'chromium',
    launchOptions: CHROMIUM,
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
