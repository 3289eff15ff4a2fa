import { defineConfig } from '@playwright/test'
import { CHROMIUM } from '../playwright.config.ts'

/** Screenshots, not tests: never part of `npm run e2e`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.shots.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 900_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  outputDir: '../../test-results/screens',
  use: { browserName: 'chromium', launchOptions: CHROMIUM, actionTimeout: 20_000 },
})
