// README.txt of every bundle: what the files are and how to verify them without us, in three languages. Its digest is in the release record,
// which also says with which words it was made: a change is another number of `PaperWords`.
import type { Locale } from '#shared/kernel/locale.ts'
import { FIRST_PAPER_WORDS, LATEST_PAPER_WORDS, type PaperWords } from '#shared/signing/sealed-records.ts'

/** Why the authority within is not believed. */
const LEARN_ELSEWHERE: Readonly<Record<PaperWords, Readonly<Record<Locale, string>>>> = {
  [FIRST_PAPER_WORDS]: {
    kk: 'certificates/authority.pem файлына оның өзі үшін сенбеңіз: саусақ таңбасын орнатылымды жүргізетін адамнан біліңіз.',
    ru: 'Не верьте файлу certificates/authority.pem на слово: отпечаток узнайте у того, кто ведёт установку.',
    en: 'Do not take certificates/authority.pem at its word: learn the fingerprint from whoever runs the installation.',
  },
  [LATEST_PAPER_WORDS]: {
    kk: 'certificates/authority.pem файлының өзіне сенім артпаңыз: бақылау кодын сервисті жүргізетін адамнан біліңіз.',
    ru: 'Не верьте файлу certificates/authority.pem на слово: контрольный код узнайте у того, кто ведёт сервис.',
    en: 'Do not take certificates/authority.pem at its word: learn the control code from whoever runs the service.',
  },
}

const VERIFY_ON: Readonly<Record<PaperWords, Readonly<Record<Locale, string>>>> = {
  [FIRST_PAPER_WORDS]: {
    kk: 'Тексеру: Bitim орнатылымындағы «/verify» беті (ештеңе жүктелмейді) немесе төмендегі командалар.',
    ru: 'Проверка: страница «/verify» установки Bitim (ничего не отправляет) или команды ниже.',
    en: 'To verify: the page /verify of a Bitim installation (nothing is uploaded), or the commands below.',
  },
  [LATEST_PAPER_WORDS]: {
    kk: 'Тексеру: Bitim сервисінің «/verify» беті (файл ешқайда жіберілмейді) немесе төмендегі командалар.',
    ru: 'Проверка: страница «/verify» сервиса Bitim (файл никуда не отправляется) или команды ниже.',
    en: 'To verify: the page /verify of a Bitim service (the file is sent nowhere), or the commands below.',
  },
}

export function bundleReadme(paperWords: PaperWords): string {
  const verifyOn = VERIFY_ON[paperWords]
  const learnElsewhere = LEARN_ELSEWHERE[paperWords]
  const option = paperWords === FIRST_PAPER_WORDS ? '--fingerprint' : '--code'
  return `БІТІМ

Қазақша

Бұл пакетте қол қойылған келісім және оны тексеруге керектің бәрі бар.

  agreement.pdf                  қол қойылған құжат
  agreement.txt                  келісімнің мәтіні; мәтін коды осыдан есептеледі
  certificate-of-completion.pdf  кім, қашан, қалай қол қойғаны туралы куәлік
  completion.json                сол мәліметтер, бағдарламаларға арналған
  signatures/                    әр адамның қолтаңбасы (CMS, CAdES-BES)
  certificates/                  сертификаттар
  chain.json                     қол қоюшылардың мөрленген жазбалар тізбегі
  manifest.json                  файлдардың тізімі мен SHA-256 мәндері

Бұл — Bitim сервисінің қолтаңбасы, Қазақстан Республикасы Цифрлық кодексінің 49-бабы 2-тармағында айтылған ЭЦҚ емес.
Тараптар келісімді ерікті түрде орындауға міндеттенеді. Сот үшін ЭЦҚ немесе қағазға қойылған қол қажет.

${verifyOn.kk}
${learnElsewhere.kk}


По-русски

В этом пакете — подписанное соглашение и всё, что нужно, чтобы его проверить.

  agreement.pdf                  подписанный документ
  agreement.txt                  текст соглашения; из него получается код текста
  certificate-of-completion.pdf  свидетельство: кто, когда и как подписал
  completion.json                те же сведения для программ
  signatures/                    подпись каждого человека (CMS, CAdES-BES)
  certificates/                  сертификаты
  chain.json                     цепочка опечатанных записей подписавших
  manifest.json                  список файлов и их SHA-256

Это сервисная подпись Bitim, а не ЭЦП по пункту 2 статьи 49 Цифрового кодекса Республики Казахстан.
Стороны обязуются исполнять соглашение добровольно. Для суда нужна ЭЦП или подпись на бумаге.

${verifyOn.ru}
${learnElsewhere.ru}


In English

This bundle holds the signed agreement and everything needed to verify it.

  agreement.pdf                  the signed document
  agreement.txt                  the agreement's text; the text code is made from it
  certificate-of-completion.pdf  who signed, when and how
  completion.json                the same for programs
  signatures/                    each person's signature (CMS, CAdES-BES)
  certificates/                  the certificates
  chain.json                     the signers' chain of sealed records
  manifest.json                  the files with their SHA-256

This is a service signature of Bitim, not an EDS under article 49(2) of the Digital Code of the Republic of Kazakhstan.
The parties undertake to perform the agreement voluntarily. For a court, an EDS or a signature on paper is needed.

${verifyOn.en}
${learnElsewhere.en}


openssl

  openssl x509 -in certificates/authority.pem -noout -fingerprint -sha256
  openssl cms -verify -cades -binary -inform DER -in signatures/1-party.p7s -content agreement.pdf \\
    -CAfile certificates/authority.pem -purpose any -out /dev/null

Bitim

  npm run verify -- bundle.zip --root authority.pem
  npm run verify -- bundle.zip ${option} "0000 0000 0000 0000 0000 0000 0000 0000"
`
}
