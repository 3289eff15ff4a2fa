// All contracts of one storage.
import { registerCheckpointContract } from './checkpoint-contract.ts'
import { registerDraftContract } from './draft-contract.ts'
import { registerDueContract } from './due-contract.ts'
import { registerFileContract } from './file-contract.ts'
import { registerInspectionContract } from './inspection-contract.ts'
import { registerKeyContract } from './key-contract.ts'
import { registerLogContract } from './log-contract.ts'
import { registerProbeContract } from './probe-contract.ts'
import { registerProjectionContract } from './projection-contract.ts'
import { registerRecordContract } from './record-contract.ts'
import type { ContractSubject } from './samples.ts'

export function registerStorageContract(subject: ContractSubject): void {
  registerLogContract(subject)
  registerDraftContract(subject)
  registerFileContract(subject)
  registerKeyContract(subject)
  registerRecordContract(subject)
  registerProjectionContract(subject)
  registerDueContract(subject)
  registerCheckpointContract(subject)
  registerInspectionContract(subject)
  registerProbeContract(subject)
}
