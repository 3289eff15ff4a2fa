// The words of the printed permission in each language: a paper is in the language of its person, not of the screen that prints it.

import type { Permission } from '#shared/crossing/crossing-state.ts'
import type { CodeWay } from '#shared/identity/code-ways.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { IdentityLevel } from '#shared/signing/record-fields.ts'

export interface PaperWords {
  readonly heading: string
  readonly allowed: Readonly<Record<Permission['kind'], string>>
  readonly file: string
  readonly size: string
  readonly given: string
  readonly person: string
  readonly identity: string
  readonly levels: Readonly<Record<IdentityLevel, string>>
  readonly codes: Readonly<Record<CodeWay, string>>
  readonly state: string
  readonly stands: string
  readonly delivered: string
  readonly withdrawn: string
  readonly case: string
  readonly signature: string
}

export const PAPER_WORDS: Readonly<Record<Locale, PaperWords>> = {
  kk: {
    heading: 'Мәліметтерді ашуға жазбаша рұқсат',
    allowed: { words: 'Жеткізуге рұқсат етілген сөздер', file: 'Жеткізуге рұқсат етілген файл' },
    file: 'Файл атауы',
    size: 'Көлемі, байт',
    given: 'Рұқсат берілген уақыт',
    person: 'Рұқсат берген',
    identity: 'Жеке басы қалай анықталды',
    levels: { 'link-and-code': 'жеке сілтеме және алты цифрлы код', 'staff-account': 'қызметкердің есептік жазбасы және құпиясөзі' },
    codes: { 'read-out': 'кодты медиатор айтты', sms: 'код SMS-пен жіберілді', mail: 'код электрондық поштамен жіберілді' },
    state: 'Рұқсаттың жайы',
    stands: 'күшінде, әлі жеткізілген жоқ',
    delivered: 'жеткізілді:',
    withdrawn: 'қайтарып алынды:',
    case: 'Іс',
    signature: 'Қолы (қағаз данаға қол қойылса): ______________________',
  },
  ru: {
    heading: 'Письменное разрешение на раскрытие сведений',
    allowed: { words: 'Слова, которые разрешено передать', file: 'Файл, который разрешено передать' },
    file: 'Имя файла',
    size: 'Размер, байт',
    given: 'Когда дано',
    person: 'Кто разрешает',
    identity: 'Как установлена личность',
    levels: { 'link-and-code': 'личная ссылка и шестизначный код', 'staff-account': 'учётная запись и пароль сотрудника' },
    codes: { 'read-out': 'код сообщил медиатор', sms: 'код пришёл по SMS', mail: 'код пришёл на электронную почту' },
    state: 'Что с разрешением',
    stands: 'действует, ещё не передано',
    delivered: 'передано:',
    withdrawn: 'отозвано:',
    case: 'Дело',
    signature: 'Подпись (если подписывают бумажный экземпляр): ______________________',
  },
  en: {
    heading: 'Written permission to disclose information',
    allowed: { words: 'Words that may be passed on', file: 'File that may be passed on' },
    file: 'Name of the file',
    size: 'Size in bytes',
    given: 'Given',
    person: 'Given by',
    identity: 'How the person was identified',
    levels: { 'link-and-code': 'personal link and six-digit code', 'staff-account': 'staff account and password' },
    codes: { 'read-out': 'the mediator read the code out', sms: 'the code came by SMS', mail: 'the code came by e-mail' },
    state: 'State of the permission',
    stands: 'in force, not passed on yet',
    delivered: 'passed on:',
    withdrawn: 'withdrawn:',
    case: 'Case',
    signature: 'Signature (where a paper copy is signed): ______________________',
  },
}
