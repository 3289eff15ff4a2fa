import { defineFact } from '#shared/log/decide.ts'
import type { CallWay } from './call-wire.ts'

/** How the joint call's sound would travel here; `off` where this installation has no calls. */
export const jointWayFact = defineFact<CallWay | 'off'>('joint way')
