import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/kernel/locale.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

describe('before the program is there', () => {
  it.each(LOCALES)('the page already says that it is being loaded: %s', (locale) => {
    const texts = JSON.parse(read(`../ui/texts/${locale}.json`)) as Record<string, string>
    expect(read('../index.html')).toContain(`<p lang="${locale}">${texts['ui.loading']}</p>`)
  })
})
