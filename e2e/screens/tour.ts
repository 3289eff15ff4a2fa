import type { Browser } from '@playwright/test'
import type { Locale } from '#shared/kernel/locale.ts'
import type { Someone } from '../people.ts'
import type { Platform } from '../platform.ts'
import type { Camera } from './camera.ts'

/** Who is on the way through the product, and with which camera. */
export interface Tour {
  readonly browser: Browser
  readonly platform: Platform
  readonly locale: Locale
  readonly shot: Camera['shot']
  readonly mediator: Someone
  readonly aigul: Someone
  readonly pavel: Someone
}
