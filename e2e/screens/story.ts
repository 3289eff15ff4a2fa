// The made-up dispute that the pictures show: what is said, in Kazakh and Russian, and what the agreement says.
import type { Locale } from '#shared/kernel/locale.ts'
import type { NewSide } from '../office.ts'

export const MEDIATOR = 'Ерлан Омаров'
export const AIGUL = 'Айгүл Серік'
export const PAVEL = 'Павел Ким'
export const BEREKE = '«Береке» шаруа қожалығы'
export const DALA = 'ТОО «Дала Жем»'

export function sidesIn(first: Locale, second: Locale): readonly NewSide[] {
  return [
    {
      name: BEREKE,
      details: 'БСН 090340012345, Қызылжар ауданы, Бескөл ауылы',
      people: [{ name: AIGUL, phone: '+7 701 000 41 12', email: 'aigul@bereke.example', language: first }],
    },
    {
      name: DALA,
      details: 'БИН 110540067890, Петропавловск, ул. Жамбыла, 112',
      people: [{ name: PAVEL, phone: '+7 705 000 23 45', email: 'kim@dalajem.example', language: second }],
    },
  ]
}

export const TALK = {
  welcome: 'Добрый день! Қош келдіңіздер. Сначала каждый скажет, что для него важнее всего. Алдымен Айгүлді тыңдайық.',
  aigul: 'Біз үшін ең маңыздысы — бірінші төлемнің желтоқсанда түсуі. Қысқа жем алуға ақша керек.',
  pavel: 'Понимаем. Четыре платежа для нас подъёмны, если первый — 15 декабря. Внёс в черновик.',
  thanks: 'Спасибо. Айгүл, посмотрите, пожалуйста, черновик: это та дата, о которой вы говорили?',
  yes: 'Иә, бізге осы күн келеді.',
  unsent: 'А если первый платёж задержится?',
} as const

export const APART = {
  question: 'Айгүл, егер бірінші төлем сәл кешіксе, сіз үшін не маңызды?',
  answer: 'Қаңтарға дейін күте аламыз, егер олар 20 тонна жемді бірден әкелсе. Бұл әзірге тек өзіміздің арамызда.',
} as const

/** What stands under the headings of the draft, by the heading's key. */
export const AGREEMENT = {
  ru: {
    obligations: 'Долг ТОО «Дала Жем» перед КХ «Береке» составляет 1\u00a0840\u00a0000\u00a0₸. ТОО «Дала Жем» выплачивает его полностью.',
    performance:
      'Четырьмя равными частями по 460\u00a0000\u00a0₸ до 15 числа каждого месяца, начиная с 15 декабря 2026 года, переводом на счёт.',
    consequences: 'При просрочке более чем на десять рабочих дней весь остаток подлежит уплате сразу.',
    costs: 'Расходы на медиацию стороны несут поровну.',
  },
  en: {
    obligations: 'Dala Zhem LLP owes Bereke farm 1\u00a0840\u00a0000\u00a0₸ and pays it in full.',
    performance: 'In four equal parts of 460\u00a0000\u00a0₸ by the 15th of each month, from 15 December 2026, by bank transfer.',
    consequences: 'If a payment is late by more than ten working days, the whole rest is due at once.',
    costs: 'The sides share the costs of the mediation equally.',
  },
  kk: {
    obligations: '«Дала Жем» ЖШС-нің «Береке» ШҚ алдындағы қарызы 1\u00a0840\u00a0000\u00a0₸. «Дала Жем» ЖШС оны толық төлейді.',
    performance:
      'Төрт бірдей бөлікпен, 460\u00a0000\u00a0₸-ден, әр айдың 15-іне дейін, 2026 жылғы 15 желтоқсаннан бастап, шотқа аудару арқылы.',
    consequences: 'Төлем он жұмыс күнінен артық кешіксе, қалған соманың бәрі бірден төленеді.',
    costs: 'Медиация шығындарын тараптар тең көтереді.',
  },
} as const
