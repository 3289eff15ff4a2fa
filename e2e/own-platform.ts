// A platform with its owner for the tests of one file: started before the first of them, stopped after the last.
import { test } from '@playwright/test'
import type { Browser as HttpDevice } from '#server/testing/http-world.ts'
import { type Platform, startPlatform } from './platform.ts'
import { quickOwner } from './quick-case.ts'

interface OwnPlatform {
  readonly platform: Platform
  /** The owner's device, over HTTP. */
  readonly staff: HttpDevice
}

/** To be called once, at the top of the file; what it answers can be asked from within tests. */
export function ownPlatform(): OwnPlatform {
  let started: OwnPlatform | undefined
  test.beforeAll(async () => {
    const platform = await startPlatform()
    started = { platform, staff: await quickOwner(platform) }
  })
  test.afterAll(() => started?.platform.stop())
  const own = (): OwnPlatform => {
    if (!started) throw new Error('asked outside a test')
    return started
  }
  return {
    get platform() {
      return own().platform
    },
    get staff() {
      return own().staff
    },
  }
}
