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

export default defineConfig({
  testDir: '.',
  // Half of the time a test waits for seconds that people have: files run two at a time, each with a platform of its own.
  workers: 2,
  fullyParallel: false,
  // On a machine that is shared one may be slow once; what passes only then is listed as flaky, and is a fault to be found.
  retries: Number(process.env.E2E_RETRIES ?? 0),
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: '../test-results',
  use: {
    browserName: 'chromium',
    launchOptions: CHROMIUM,
    actionTimeout: 15_000,
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
})
