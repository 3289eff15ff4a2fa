import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Someone } from '../people.ts'
import { saved, typeUnder } from '../room.ts'
import { digitsIn } from '../spoken-digits.ts'
import { AGREEMENT } from './story.ts'

type DraftLanguage = keyof typeof AGREEMENT

/** Writes what was agreed under the headings that the template of a draft in that language has. */
export async function writeAgreement(person: Someone, language: DraftLanguage): Promise<void> {
  const path = join(import.meta.dirname, `../../shared/drafting/template-texts/${language}.json`)
  const headings: Readonly<Record<string, string>> = JSON.parse(readFileSync(path, 'utf8'))
  for (const [key, words] of Object.entries(AGREEMENT[language])) await typeUnder(person, headings[key] ?? key, words)
  await saved(person)
}

/** The codes to be read out stand beside the mediator's list of signatures, veiled until each is asked for. */
export async function askCode(mediator: Someone, name: string): Promise<void> {
  await mediator.page.getByRole('button', { name: `${mediator.say('identity.read-out.show')}: ${name}` }).click()
}

export async function codeFor(mediator: Someone, name: string): Promise<string> {
  return digitsIn(mediator.page.getByRole('figure', { name }))
}
