import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { readTextFolders } from './texts.ts'

const root = join(import.meta.dirname, '..')
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, string>
const wordsOf = (locale: Locale) => new Map(readTextFolders(root).flatMap(({ messages }) => Object.entries(messages[locale])))

/** The duty of art. 25(3), as its sentence is told from all others. */
const DUTY = { en: /child is in danger/, ru: /ребёнок в опасности/, kk: /балаға қауіп төнсе/ } as const satisfies Record<Locale, RegExp>

/** What promises secrecy: said to people before they speak, so the limit has to be said with it. */
const SECRECY = {
  en: /confidential|seen only by (the people|your side)|tells nobody|discloses|does not see\. If you share/i,
  ru: /конфиденциальн|тайной|никому не расскажет|видят только (люди|ваша)|не раскро/i,
  kk: /құпия(лық| болып)|адамдар ғана көреді|ешкімге айтпайды|жария етпейді/i,
} as const satisfies Record<Locale, RegExp>

const SAID_BESIDE = new Map([
  ['messaging.mediator.see', 'the ribbon names readers in one line; what opens this room, and the help beside it, say it'],
  ['messaging.mediator.see-with', 'the ribbon names readers in one line; what opens this room, and the help beside it, say it'],
  ['files.sees.mediator-with', 'as the ribbon above it: who sees, in one line'],
  ['child-report.duty', 'it is the duty itself, told to the mediator'],
  ['rooms.confirm.remote-phone', 'the explanation on the same page says it'],
  ['rooms.confirm.remote-text', 'the explanation on the same page says it'],
  ['rooms.leave.closed', 'the end of the talk: it was said before its beginning'],
  ['rooms.left.words', 'the end of the talk: it was said before its beginning'],
])

describe('promises', () => {
  it.each(LOCALES)('[UI-124] each text that promises secrecy says the one duty that limits it: %s', (locale) => {
    const alone = [...wordsOf(locale)]
      .filter(([id, text]) => SECRECY[locale].test(text) && !DUTY[locale].test(text) && !SAID_BESIDE.has(id))
      .map(([id]) => id)
    expect(alone).toEqual([])
  })

  it.each(LOCALES)('[UI-124] it is said on the way in, in the explanation, in the help of both roles, before a caucus: %s', (locale) => {
    const words = wordsOf(locale)
    for (const id of [
      'app.landing.record.text',
      'identity.join.promise',
      'rooms.confirm.explain.confidential',
      'rooms.help.who-sees.words',
      'rooms.help.who-sees-mediator.words',
      'caucus.step-over.words',
    ]) {
      expect([id, words.get(id)]).toEqual([id, expect.stringMatching(DUTY[locale])])
    }
  })

  const UNDERTAKE = { en: /undertake to perform/, ru: /обязуются исполнять/, kk: /орындауға міндеттенеді/ } as const
  it.each(LOCALES)('[UI-125] what the parties undertake is said by one verb on screen, in the template and on paper: %s', (locale) => {
    const paper = json(`server/document/pdf/texts/${locale}.json`)
    const said = [
      wordsOf(locale).get('signing.meaning.court'),
      json(`shared/drafting/template-texts/${locale}.json`).voluntary,
      paper.statement,
      paper['paper.statement'],
    ]
    expect(said).toEqual(said.map(() => expect.stringMatching(UNDERTAKE[locale])))
  })

  const mailsIn = (locale: Locale) => Object.entries(json(`server/identity/texts/${locale}.json`))

  it('[UI-180] no Russian text asks its reader, or says of somebody, whether they are a man or a woman', () => {
    const gendered = [...wordsOf('ru'), ...mailsIn('ru'), ...Object.entries(json('server/document/pdf/texts/ru.json'))].filter(([, text]) =>
      /[а-яё]\([а-яё]{1,3}\)|последним,/.test(text),
    )
    expect(gendered).toEqual([])
  })

  const INSTALLATION = {
    en: /installation/i,
    ru: /установк[аеиу] Bitim|это[йт]\S* установк/i,
    kk: /орнатылым|орнатудың|орнатуда\b/i,
  } as const
  it.each(LOCALES)('[UI-181] screens and mails speak of the service, not of an installation: %s', (locale) => {
    expect([...wordsOf(locale), ...mailsIn(locale)].filter(([, text]) => INSTALLATION[locale].test(text))).toEqual([])
  })

  it('[UI-182] a list of names stands where any number of them fits', () => {
    const bound = [...wordsOf('ru')].filter(([, text]) => /(Прочт[её]т|Видит|Писал|зовёт)( только)?( и)? \{names\}/i.test(text))
    expect(bound).toEqual([])
  })

  const FINGERPRINT = { en: /fingerprint/i, ru: /отпечат(?!а)/i, kk: /саусақ|цифрмен жазылған/i } as const
  it.each(LOCALES)('[UI-125] no screen calls the control code a fingerprint, and no text says "mediation agreement": %s', (locale) => {
    const wrong = [...wordsOf(locale)].filter(([, text]) => FINGERPRINT[locale].test(text) || /mediation agreement/i.test(text))
    expect(wrong).toEqual([])
  })
})
