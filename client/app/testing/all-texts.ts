import type { TextLoader } from '#client/app/text-loading.ts'

/** For tests that draw with every text at hand: whatever a part needs is here already. */
export const ALL_TEXTS = { need: async () => undefined } as unknown as TextLoader // what a part asks of it
