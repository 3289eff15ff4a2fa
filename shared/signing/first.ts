// What of signing is folded from a line's first event on: which devices came in before the text was closed.
import { defineCapability } from '#shared/log/capability.ts'
import { signingBegun } from './begun-protocol.ts'
import { signingDevicesFold } from './signing-devices.ts'

export const signingFirst = defineCapability({ name: 'signing', events: [signingBegun], folds: [signingDevicesFold] })
