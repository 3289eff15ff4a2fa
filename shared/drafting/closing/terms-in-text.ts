// How people say in an agreement when something is to be done: a day, a period, each month, after an event, always. In the three languages.
// What could be a term counts as one: to ask about a clause that names its term costs a reader's trust, to miss one costs nothing.

const START = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'

const MONTH = [
  'январ|феврал|март|апрел|ма[яйею](?!\\p{L})|июн|июл|август|сентябр|октябр|ноябр|декабр',
  'қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан',
  'january|february|march|april|june|july|august|september|october|november|december|may(?= \\d)|(?<=\\d )may',
].join('|')
const WEEKDAY = [
  'понедельник|вторник|сред[уы](?!\\p{L})|четверг|пятниц|суббот|воскресень',
  'дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма(?!б)|сенбі|жексенбі',
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday',
].join('|')
const UNIT = [
  `(?:дн(?:я|ей|ям|ю|е|и|ями)|день|сут(?:ок|ки)|недел\\p{L}*|месяц\\p{L}*|квартал\\p{L}*|год(?:а|у|ов|ах)?|лет|час(?:а|ов|у)?|минут\\p{L}*|числ[оау]?|декад\\p{L}*)`,
  '(?:күн\\p{L}*|апта\\p{L}*|ай(?:да|дың|ға|дан|ы|ына|ында|ынан|дан)?|жыл\\p{L}*|сағат\\p{L}*|тоқсан\\p{L}*)',
  '(?:days?|weeks?|months?|years?|hours?|quarters?)',
].join('|')
const NUMBER = [
  'одн\\p{L}+|дв(?:а|е|ух)|тр(?:и|ех)|четыр\\p{L}+|пят[ьи]\\p{L}*|шест[ьи]\\p{L}*|сем[ьи]\\p{L}*|вос(?:е)?м[ьи]\\p{L}*|девят\\p{L}+|десят\\p{L}+|\\p{L}+надцат\\p{L}+|двадцат\\p{L}+|тридцат\\p{L}+|сорок\\p{L}*',
  'бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз|қырық|елу',
  'one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety|an?',
].join('|')

const TERMS = [
  // days, months, years
  '(?<!\\d)\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})(?!\\d)',
  '(?<!\\d)\\d{4}-\\d{2}-\\d{2}(?!\\d)',
  `${START}(?:до|к|by|before|until) \\d{1,2}[./:]\\d{2}(?!\\d)`,
  `${START}(?:${MONTH})`,
  `${START}(?:${WEEKDAY})`,
  `${START}(?:19|20)\\d{2}[- ]?(?:г\\.|ж\\.|год|жыл|й год)`,
  `${START}(?:in|by|of|until) (?:19|20)\\d{2}${END}`,
  `${START}(?:[iv]+|\\d)[- ]?(?:й |м |го )?(?:квартал|полугоди|тоқсан)`,
  // so many days
  `(?:\\d|${START}(?:${NUMBER})${END})\\S{0,20}(?:[^\\p{L}\\p{N}]{1,9}\\p{L}{1,30}){0,3}?[^\\p{L}\\p{N}]{0,9}(?<!\\p{L})(?:${UNIT})${END}`,
  `${START}(?:в течени[еи]|через|в продолжение|спустя|сроком|полгода|within|during)${END}`,
  // again and again
  `${START}(?:еже(?:дневн|недельн|месячн|квартальн|годн)|помесячн|поквартальн|постоянн|бессрочн|пожизненн|всегда|регулярн)`,
  `${START}(?:кажд\\p{L}+|раза? в|every|each|per|әр|әрбір|next|следующ\\p{L}+|ближайш\\p{L}+|будущ\\p{L}+|теку\\p{L}+|эт\\p{L}{1,4}|осы|келесі)(?: \\S+)? (?:${UNIT}|(?:${MONTH}|${WEEKDAY})\\p{L}*)${END}`,
  `${START}(?:сайын|ай-ай|айына|аптасына|жылына|күнделікті|үнемі|әрдайым|тұрақты|мерзімсіз|бойы)${END}`,
  `${START}(?:daily|weekly|monthly|quarterly|annually|yearly|always|permanently|indefinitely)${END}`,
  // by an event
  `${START}(?:до|к|ко|в|с|на) (?:конц|начал|середин|момент)`,
  `${START}до (?:полного|вступлени|подписани|окончани|завершени|наступлени|передач|получени|начала|рассмотрени|суд)`,
  `${START}(?:сразу|немедленн|незамедлительн|безотлагательн|сегодня|завтра|послезавтра|своевременн|одновременн|заранее|весной|летом|осенью|зимой)`,
  `${START}(?:после|когда|как только|со дня|с даты|с момента|по истечении|по окончании|по завершении|по мере|по (?:первому )?требованию|по запросу|не позднее|не позже)${END}`,
  `${START}(?:в|на) (?:(?:этот|тот|самый|следующий|же|сам|один) )*(?:день|дату|момент|дня)${END}`,
  `${START}при (?:подписани|заключени|получени|передач|увольнени|въезде|выезде|продаж|первой)`,
  `${START}(?:дейін|ішінде|кейін|соң|соңынан|бұрын|кешіктірмей|бірден|дереу|бүгін|ертең|қазір|кезінде|соңында|басында|ортасында|аяғында)${END}`,
  `${START}(?:соңына|аяғына|басына|күні|күннен|күнінен|уақытында)`,
  `${START}(?:immediately|forthwith|promptly|today|tomorrow|upon|after|before|until|till|when|once|as soon as|at once|on demand|on request|end of)${END}`,
  `${START}(?:no|not) later than${END}`,
  `${START}(?:on|at) (?:the )?(?:same )?(?:day|date|signing|delivery)`,
  // it says that there is one
  `${START}(?:срок|графи[кч]|расписани|мерзім|кесте|deadline|schedule|due (?:on|by|in|within|date))`,
].map((each) => new RegExp(each, 'u'))

/** A date that says which paper or thing is meant, and not when something is to be done. */
const OF_A_THING = [
  new RegExp(`${START}(?:19|20)\\d{2} ?(?:года|г\\.) (?:выпуска|постройки|рождения)`, 'gu'),
  new RegExp(
    `${START}(?:от|dated|of) [«"“]?(?:\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}|\\d{1,2}[»"”]? (?:${MONTH})\\p{L}* \\d{4})(?: ?(?:года|г\\.))?`,
    'gu',
  ),
  new RegExp(
    `(?:\\d{1,2}[./-]\\d{1,2}[./-]\\d{4}|\\d{4} (?:жылғы|ж\\.) \\d{1,2} (?:${MONTH}))(?: (?:ж\\.|күн|жыл))?\\p{L}{0,3}(?:ғы|гі|қы|кі)${END}`,
    'gu',
  ),
]

/** More than a clause has. */
const MAX_LENGTH = 4_000

/** For comparing: small letters, plain spaces, one е. */
export function plainWords(text: string): string {
  return text.slice(0, MAX_LENGTH).normalize('NFC').toLowerCase().replaceAll('ё', 'е').replace(/\s+/gu, ' ').trim()
}

/** Of plain words. */
export function namesTerm(plain: string): boolean {
  const words = OF_A_THING.reduce((left, thing) => left.replace(thing, ' '), plain)
  return TERMS.some((term) => term.test(words))
}

const OBLIGES = [
  'обязу(?:е|ю|ем)т?с[яь]|обязуем|обязан\\p{L}*|долж(?:ен|на|но|ны)',
  '(?:у|вы|о|до|за)?плат(?:ит|ят)|(?:у|вы|о|до)плачива(?:ет|ют)|верн(?:ет|ут)|возврат(?:ит|ят)|возвраща(?:ет|ют)|возмест(?:ит|ят)|возмеща(?:ет|ют)',
  'перечисл(?:ит|ят|яет|яют)|переда(?:ст|дут|ет|ют)|перевед(?:ет|ут)|внес(?:ет|ут)|вносит|компенсиру(?:ет|ют)|погас(?:ит|ят)|погаша(?:ет|ют)|выда(?:ст|дут|ет|ют)',
  'постав(?:ит|ят|ляет|ляют)|достав(?:ит|ят|ляет|ляют)|отгруз(?:ит|ят)|отгружа(?:ет|ют)|предостав(?:ит|ят|ляет|ляют)|замен(?:ит|ят|яет|яют)',
  'устран(?:ит|ят|яет|яют)|выполн(?:ит|ят|яет|яют)|исполн(?:ит|ят|яет|яют)|исправ(?:ит|ят|ляет|ляют)|отремонтиру(?:ет|ют)|сдела(?:ет|ют)|заверш(?:ит|ат|ает|ают)|произвед(?:ет|ут)',
  'освобод(?:ит|ят)|вывез(?:ет|ут)|снес(?:ет|ут)|демонтиру(?:ет|ют)|установ(?:ит|ят)|оформ(?:ит|ят|ляет|ляют)|подпиш(?:ет|ут)|отзов(?:ет|ут)|принес(?:ет|ут)|удал(?:ит|ят)|опубликует',
  'перенес(?:ет|ут)|передела(?:ет|ют)|почин(?:ит|ят)|восстанов(?:ит|ят)|постро(?:ит|ят)|убер(?:ет|ут)|куп(?:ит|ят)|закаж(?:ет|ут)|отда(?:ст|дут)|сниз(?:ит|ят)|заключ(?:ит|ат)',
  'міндеттен\\p{L}+|міндетті|тиіс',
  '(?:төле|орында|өте|жөнде|жаса)(?:йді|йды|уге|уға)|(?:қайтар|тапсыр|аудар|ауыстыр|шығар|босат|ұсын)(?:ады|уға)|(?:бер|жеткіз|түзет)(?:еді|уге)',
  'shall|must|will|undertakes?|(?:is|are) obliged|agrees? to|pays|returns|delivers|repairs|replaces|transfers|refunds|provides|completes|hands over',
].join('|')
const DUTY = new RegExp(
  [
    `${START}(?:${OBLIGES})${END}`,
    `^(?:\\p{L}+(?:ть|ти|чь)(?:ся)?|оплата|уплата|выплата|возврат|возмещение|передача|поставка|перечисление|устранение|payment|return|delivery|refund)${END}`,
    `${START}(?:төлеу|қайтару|беру|орындау|жеткізу|тапсыру|аудару|жөндеу)[.;]?$`,
  ].join('|'),
  'u',
)
/** What holds from now on, or is done by saying it: nobody waits for its day. */
const HOLDS = new RegExp(
  [
    `${START}не (?!мен|бол|позд|позж|ниж|выш|ран|реж|чащ|толь|счит|включ|завис|оплач|исполн|выполн)`,
    `${START}(?:воздерж|отказ|откаж|прекра|призна|проща|прост(?:ит|ят)|сохраня|конфиденциальн|соблюда|уважа|обеспечива|гарант|подтвержда|вправе|может|могут|нет${END})`,
    `\\p{L}(?:ма|ме|ба|бе|па|пе)(?:уға|уге|йды|йді|у)${END}`,
    `${START}(?:бас тарт|құпия|сақта|тыйыл|мойында|кешір|кепілдік|құрметте|құқылы|жоқ${END})`,
    `${START}(?:not|never|no claims?|refrain|waive|acknowledge|keep|maintain|confidential|respect|may|entitled|guarantee|forgive)`,
  ].join('|'),
  'u',
)

/** Somebody is to do something, once or for a time. Of plain words. */
export function obliges(plain: string): boolean {
  return DUTY.test(plain) && !HOLDS.test(plain)
}

const SPEAKS = new RegExp(
  `${START}(?:срок|дат[аы]|график|обязательств|мерзім|міндеттеме|кесте|deadline|dates?${END}|schedule|obligations)`,
  'u',
)

/** It speaks of terms or obligations in general, and lays none on anybody. Of plain words. */
export function speaksOfTerms(plain: string): boolean {
  return SPEAKS.test(plain) && !obliges(plain)
}
