// What the verifier says on a terminal, in three languages.
import type { Locale } from '#shared/kernel/locale.ts'
import { accessKind, type CompletionAccess, type CompletionConfirmation, confirmationKind } from '#shared/signing/bundle/completion.ts'
import type { NotCovered, Overall, PartFault, PartReport } from '#shared/signing/bundle/report.ts'
import en from '../../client/verify/texts/en.json' with { type: 'json' }
import kk from '../../client/verify/texts/kk.json' with { type: 'json' }
import ru from '../../client/verify/texts/ru.json' with { type: 'json' }

export interface VerifyWords {
  readonly usage: string
  readonly unreadable: string
  readonly badRoot: string
  readonly overall: Readonly<Record<Overall, string>>
  readonly notCovered: Readonly<Record<NotCovered, string>>
  readonly code: string
  readonly textDigest: string
  readonly frozen: string
  readonly released: string
  readonly zone: string
  readonly signedBy: string
  readonly claimed: string
  readonly roles: Readonly<Record<'mediator' | 'party' | 'representative', string>>
  readonly certificate: string
  readonly corrected: string
  readonly authority: string
  readonly compare: string
  readonly parts: string
  readonly event: string
  readonly states: Readonly<Record<PartReport['state'], string>>
  readonly statement: string
}

export const VERIFY_WORDS: Readonly<Record<Locale, VerifyWords>> = {
  kk: {
    usage: 'Қолданылуы: npm run verify -- <bundle.zip | folder> [--root authority.pem] [--code "…"] [--lang kk|ru|en] [--text] [--json]',
    unreadable: 'Файл оқылмады',
    badRoot: 'Бұл файлда сертификат жоқ',
    overall: {
      valid: 'ЖАРАМДЫ. Ештеңе өзгертілмеген; қолтаңбаларды сіз атаған сервис куәландырған.',
      'consistent-authority-unknown':
        'ӨЗГЕРТІЛМЕГЕН, СЕРВИСІ БЕЛГІСІЗ. Ештеңе өзгертілмеген; есімдер файлда қалай берілсе, солай көрсетілген.',
      'other-authority':
        'КОД БАСҚА. Ештеңе өзгертілмеген, бірақ қолтаңбаларды сіз атағаннан басқа сервис куәландырған. Кодта қате жоқ па, тексеріңіз.',
      'not-whole': 'БЕРІЛГЕН КҮЙІНДЕ ЕМЕС. Бұл — бәріне берілген файлдың дәл өзі емес.',
      'no-bundle': 'КЕЛІСІМ ФАЙЛЫ ЕМЕС.',
      broken: 'ӨЗГЕРТІЛГЕН. Файлдың мазмұны қол қойылғанға сәйкес емес. Оны берген сервистен қайта алыңыз.',
      unsupported:
        'ТЕКСЕРІЛМЕДІ. Файл не жаңарақ Bitim шығарылымында, не бұл тексергіш білмейтін тәсілмен жасалған: соның тексергішін қолданыңыз.',
    },
    notCovered: { 'chain-headers': 'Бұл пішім қамтымайтыны: тізбектегі жазбалардың уақыты, авторы мен түрі мөрмен қорғалмаған.' },
    code: 'Мәтін коды (дауыстап салыстыруға)',
    textDigest: 'Мәтіннің SHA-256 мәні',
    frozen: 'Мәтін жабылды',
    released: 'Қолтаңбалар берілді',
    zone: 'Asia/Almaty, UTC+5',
    signedBy: 'Қол қойғандар',
    claimed: 'файлда көрсетілгендей',
    roles: { mediator: 'медиатор', party: 'тарап', representative: 'өкіл' },
    certificate: 'сертификат',
    corrected: 'Аты-жөні түзетілді',
    authority: 'Куәландырушы орталық',
    compare: 'Бұл бақылау кодын осы файлдан емес, сервистен алған кодпен салыстырыңыз. Сәйкес келсе, оны --code арқылы беріңіз.',
    parts: 'Бөліктер',
    event: 'жазба',
    states: { ok: 'дұрыс', broken: 'СӘЙКЕС ЕМЕС', 'not-whole': 'тұтас емес', unchecked: 'тексерілмеді' },
    statement: 'Бұл — Bitim сервисінің қолтаңбасы, Цифрлық кодекстің 49-бабы 2-тармағында айтылған ЭЦҚ емес.',
  },
  ru: {
    usage: 'Использование: npm run verify -- <bundle.zip | folder> [--root authority.pem] [--code "…"] [--lang kk|ru|en] [--text] [--json]',
    unreadable: 'Не удалось прочитать файл',
    badRoot: 'В этом файле нет сертификата',
    overall: {
      valid: 'ДЕЙСТВИТЕЛЕН. Ничего не изменено; подписи удостоверил сервис, который вы указали.',
      'consistent-authority-unknown': 'НЕ ИЗМЕНЁН, СЕРВИС НЕИЗВЕСТЕН. Ничего не изменено; имена указаны так, как в файле.',
      'other-authority':
        'КОД ДРУГОЙ. Ничего не изменено, но подписи удостоверил не тот сервис, который вы указали. Проверьте, нет ли в коде ошибки.',
      'not-whole': 'НЕ В ТОМ ВИДЕ, В КАКОМ ВЫДАН. Это не тот самый файл, который получили все.',
      'no-bundle': 'НЕ ФАЙЛ СОГЛАШЕНИЯ.',
      broken: 'ИЗМЕНЁН. Содержание файла не совпадает с подписанным. Возьмите файл ещё раз у сервиса, который его выдал.',
      unsupported:
        'НЕ ПРОВЕРЕН. Файл сделан более новой версией Bitim или способом, которого эта проверка не знает: возьмите проверку той версии.',
    },
    notCovered: { 'chain-headers': 'Чего этот формат не покрывает: время, авторы и виды записей цепочки не защищены печатью.' },
    code: 'Код текста (для сверки вслух)',
    textDigest: 'SHA-256 текста',
    frozen: 'Текст закрыт',
    released: 'Подписи выданы',
    zone: 'Asia/Almaty, UTC+5',
    signedBy: 'Подписали',
    claimed: 'как указано в файле',
    roles: { mediator: 'медиатор', party: 'сторона', representative: 'представитель' },
    certificate: 'сертификат',
    corrected: 'Имя исправлено',
    authority: 'Удостоверяющий центр',
    compare:
      'Сравните этот контрольный код с тем, что вы получили от сервиса, а не из файла. Если они совпадают, передайте его через --code.',
    parts: 'Части',
    event: 'запись',
    states: { ok: 'верно', broken: 'НЕ СХОДИТСЯ', 'not-whole': 'не целиком', unchecked: 'не проверено' },
    statement: 'Это сервисная подпись Bitim, а не ЭЦП по пункту 2 статьи 49 Цифрового кодекса.',
  },
  en: {
    usage: 'Usage: npm run verify -- <bundle.zip | folder> [--root authority.pem] [--code "…"] [--lang kk|ru|en] [--text] [--json]',
    unreadable: 'The file cannot be read',
    badRoot: 'There is no certificate in this file',
    overall: {
      valid: 'VALID. Nothing was changed; the service that you named vouches for the signatures.',
      'consistent-authority-unknown': 'UNCHANGED, SERVICE UNKNOWN. Nothing was changed; the names stand as the file gives them.',
      'other-authority':
        'ANOTHER CODE. Nothing was changed, but another service vouches for the signatures than the one that you named. Check the code for a slip.',
      'not-whole': 'NOT AS GIVEN OUT. This is not the very file that everybody got.',
      'no-bundle': 'NO AGREEMENT. This is not a file of an agreement.',
      broken: 'CHANGED. What is in this file is not what was signed. Get it again from the service that gave it out.',
      unsupported:
        'NOT CHECKED. Made by a newer release of Bitim, or in a way that this verifier does not know: use the verifier of that release.',
    },
    notCovered: {
      'chain-headers': "Not covered in this format: times, authors and kinds of the chain's events are not covered by a seal.",
    },
    code: 'Text code (for comparing aloud)',
    textDigest: 'SHA-256 of the text',
    frozen: 'Text frozen',
    released: 'Signatures released',
    zone: 'Asia/Almaty, UTC+5',
    signedBy: 'Signed by',
    claimed: 'as the file gives it',
    roles: { mediator: 'mediator', party: 'party', representative: 'representative' },
    certificate: 'certificate',
    corrected: 'Name corrected',
    authority: 'Certificate authority',
    compare:
      'Compare this control code with the one that you got from the service, not from this file. If they are the same, pass it by --code.',
    parts: 'Parts',
    event: 'event',
    states: { ok: 'ok', broken: 'NO MATCH', 'not-whole': 'not whole', unchecked: 'not checked' },
    statement: 'This is a service signature of Bitim, not an EDS under article 49(2) of the Digital Code.',
  },
}

function recordWords(texts: typeof en, statement: string) {
  return {
    title: texts['verify.record.title'],
    exported: texts['verify.record.exported'],
    closed: texts['verify.record.closed'],
    open: texts['verify.record.open'],
    entries: texts['verify.record.entries'],
    people: texts['verify.record.people'],
    statement,
  }
}

/** Of a joint record. */
export const RECORD_WORDS = {
  kk: recordWords(kk, 'Мөр сервисте осы жазба осы уақытта болғанын айтады. Бұл ешкімнің қолтаңбасы емес.'),
  ru: recordWords(ru, 'Печать говорит, что у сервиса в это время была эта запись. Это ничья подпись.'),
  en: recordWords(en, 'The seal says that the service held this record at this time. It is nobody’s signature.'),
} as const

type FaultWords = readonly [kk: string, ru: string, en: string]

const FAULTS: Readonly<Partial<Record<PartFault, FaultWords>>> = {
  'not-a-zip': ['бұл архив емес немесе ол үзілген', 'это не архив, или он оборван', 'not an archive, or cut off'],
  'too-large': ['тым үлкен', 'слишком большой', 'too large'],
  twice: ['файл екі рет бар', 'файл встречается дважды', 'a file is there twice'],
  unexpected: ['мұнда болмауы керек', 'здесь этого быть не должно', 'does not belong here'],
  missing: ['жоқ', 'отсутствует', 'missing'],
  changed: ['өзгертілген', 'изменено', 'changed'],
  'not-canonical': ['Bitim мәтіні емес', 'это не текст Bitim', 'not a text of Bitim'],
  'other-code': ['мәтін коды басқа', 'другой код текста', 'another text code'],
  seal: ['мөр сәйкес емес', 'печать не сходится', 'the seal does not fit'],
  'newer-format': ['Bitim-нің жаңарақ шығарылымы жасаған', 'сделано более новой версией Bitim', 'made by a newer release of Bitim'],
  'unknown-scheme': [
    'бұл тексергіш білмейтін тәсілмен жасалған',
    'сделано способом, которого эта проверка не знает',
    'made by a scheme that this verifier does not know',
  ],
  'other-name': ['сертификатта басқа аты-жөн', 'в сертификате другое имя', 'another name in the certificate'],
}

const PAGE_WORDS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { kk, ru, en }

/** What to do about a file that is not whole, or none of ours: the very words of the public page. */
export function adviceWords(language: Locale, fault: PartFault): string | undefined {
  return PAGE_WORDS[language][`verify.do.${fault}`]
}

/** How a signer came in, as the page says it. */
export function accessWords(language: Locale, line: CompletionAccess): string {
  return (PAGE_WORDS[language][`verify.access.${accessKind(line)}`] ?? line.what).replace('{device}', line.device ?? '')
}

/** What the mediator looked at before the closing, as the page says it; without a line, what such lines are about. */
export function confirmationWords(language: Locale, line?: CompletionConfirmation): string {
  if (!line) return PAGE_WORDS[language]['verify.confirmed'] ?? ''
  return (PAGE_WORDS[language][`verify.confirmed.${confirmationKind(line)}`] ?? line.kind).replace('{found}', () => line.found)
}

/** Whether what there is was found sound, as the page says it. */
export function soundWords(language: Locale, isChecked: boolean): string {
  return { kk, ru, en }[language][isChecked ? 'verify.not-whole.checked' : 'verify.not-whole.unchecked']
}

/** Finer faults (`chain:…`, `signature:…`, `certificate:…`) keep their names: those who ask so far look them up. */
export function faultWords(language: Locale, fault: PartFault): string {
  const words = FAULTS[fault]
  if (words) return words[language === 'kk' ? 0 : language === 'ru' ? 1 : 2]
  return PAGE_WORDS[language][`verify.fault.${fault}`] ?? fault
}
