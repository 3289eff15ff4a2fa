import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { declareTexts, readTextFolders } from './texts.ts'

const root = join(import.meta.dirname, '..')
writeFileSync(join(root, 'client/i18n/known-texts.generated.d.ts'), declareTexts(readTextFolders(root)))
