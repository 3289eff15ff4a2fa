// Who somebody is to the platform, and how they get in.
import { defineCapability } from '#shared/log/capability.ts'
import { accessChanged } from './access-protocol.ts'
import { accessFold } from './access-state.ts'

export const identity = defineCapability({ name: 'identity', events: [accessChanged], folds: [accessFold] })
