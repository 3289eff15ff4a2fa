// What signing adds to the server's catalogue: the signers' chain with its records.
import type { Fold } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { chainSealed, releaseSealed, signatureSealed, versionSealed } from './chain-protocol.ts'
import { signersFold } from './signers-state.ts'

export const CHAIN_EVENTS: readonly EventDefinition[] = [versionSealed, signatureSealed, releaseSealed, chainSealed]

export const CHAIN_FOLDS: readonly Fold[] = [signersFold as Fold]
