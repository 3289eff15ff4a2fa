// Everything that can happen, as the server and who verifies a record read it. No device loads this.
import { correctionsFold } from '#shared/cases/corrections-state.ts'
import { EVENTS, FOLDS } from '#shared/catalogue.ts'
import type { Fold } from '#shared/log/fold.ts'
import { redactionFold } from '#shared/log/redaction.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { CHAIN_EVENTS, CHAIN_FOLDS } from '#shared/signing/chain-catalogue.ts'

export const SERVER_EVENTS: readonly EventDefinition[] = [...EVENTS, ...CHAIN_EVENTS]

export const SERVER_FOLDS: readonly Fold[] = [redactionFold, ...FOLDS, correctionsFold, ...CHAIN_FOLDS] as readonly Fold[]
