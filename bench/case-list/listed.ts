// What the maker of many cases leaves for those who measure: a mediator's token, and the cases in the order in which they were opened.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'

export interface ListedCases {
  /** Good for ten minutes. */
  readonly token: string
  readonly account: AccountId
  readonly cases: readonly { readonly caseId: CaseId; readonly mediator: ParticipantId; readonly openedAt: number }[]
}

export function listedFile(folder: string): string {
  return join(folder, 'listed-cases.json')
}

export function readListed(folder: string): ListedCases {
  return JSON.parse(readFileSync(listedFile(folder), 'utf8')) as ListedCases // written by open-cases.ts
}
