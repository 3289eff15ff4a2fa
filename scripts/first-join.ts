// Writes the page at /join: the first screen of an invited person, in three languages, before any program. It is the same for every link
// and whoever opens it. Its look is the kit's, by the kit's own classes; first-join.test.ts holds it to what the program draws.
import { LOCALES, type Locale } from '../shared/kernel/locale.ts'

type Words = (locale: Locale, id: string) => string

export interface FirstJoinFiles {
  readonly styles: readonly string[]
  /** The lines that wake the screen. */
  readonly script: string
  /** What the program of this screen is made of, and its texts by language. */
  readonly code: readonly string[]
  readonly texts: Readonly<Record<Locale, readonly string[]>>
}

/** As client/ui/base/Logo.tsx draws it. */
const LOGO =
  '<svg viewBox="0 0 44 28" aria-hidden="true"><path d="M22 3.300a13 13 0 1 0 0 21.400 13 13 0 0 1 0-21.400z" fill="var(--side-a)"/><path d="M22 3.300a13 13 0 1 1 0 21.400 13 13 0 0 0 0-21.400z" fill="var(--side-b)"/><path d="M22 3.300a13 13 0 0 1 0 21.400 13 13 0 0 1 0-21.400z" fill="var(--joint)"/></svg>'

/** From the page that everything else begins with. */
export function firstJoinPage(page: string, words: Words, files: FirstJoinFiles): string {
  const program = /\s*<script type="module"[^>]*><\/script>/.exec(page)?.[0] ?? ''
  const bare = page.replace(program, '').replaceAll(/\s*<link rel="(?:modulepreload|stylesheet)"[^>]*>/g, '')
  const styles = files.styles.map((file) => `    <link rel="stylesheet" crossorigin href="/${file}">\n`).join('')
  const code = files.code.map((file) => `    <link rel="modulepreload" crossorigin href="/${file}">\n`).join('')
  return bare
    .replace('  </head>', `${styles}  </head>`)
    .replace('<div id="root">', `${screen(words, files)}\n    <div id="root">`)
    .replace('  </body>', `    <script src="/${files.script}"></script>${program}\n${code}  </body>`)
}

function screen(words: Words, { texts }: FirstJoinFiles): string {
  const say = (id: string) => LOCALES.map((locale) => `<span lang="${locale}">${escaped(words(locale, id))}</span>`).join('')
  const early = LOCALES.map((locale) => `data-${locale}="${texts[locale].map((file) => `/${file}`).join(' ')}"`).join(' ')
  return `<div id="first-join" ${early}>
      <div class="ui-page">
        <header class="ui-header"><span class="ui-logo" data-size="m">${LOGO}<span class="ui-logo-word">Bitim</span></span></header>
        <main class="ui-page-main" data-width="narrow">
          <div class="identity-join">
            <div class="ui-steps"><span>${say('ui.step')}</span><span class="ui-steps-line" aria-hidden="true"><i data-done="true"></i><i></i><i></i></span></div>
            <div class="ui-stack" data-gap="3" data-align="stretch">
              <h1>${say('identity.join.invited')}</h1>
              <p>${say('identity.join.lead')}</p>
            </div>
            <div class="ui-card">
              <div class="ui-stack" data-gap="4" data-align="stretch">
                <div class="ui-field">
                  <label for="first-code">${say('identity.join.code')}</label>
                  <input id="first-code" aria-describedby="first-hint" class="ui-input ui-code" type="text" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]*" spellcheck="false" placeholder="······">
                  <p class="ui-field-error" role="alert" hidden>${say('identity.join.short')}</p>
                  <p id="first-hint" class="ui-field-hint">${say('identity.join.code.hint')}</p>
                </div>
                <label class="ui-choice"><input type="checkbox"><span class="ui-choice-words">${say('identity.join.not-mine')}</span></label>
                <button type="button" class="ui-button" data-kind="primary" data-size="l" data-wide="true" disabled><span>${say('ui.next')}</span></button>
                <p class="ui-field-hint" role="status" hidden>${say('identity.join.coming')}</p>
              </div>
            </div>
            <p class="ui-muted" data-small="true">${say('identity.join.promise')}</p>
          </div>
        </main>
      </div>
    </div>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
