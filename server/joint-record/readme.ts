// README.txt of a joint record: what the files are and how to check them without us.
export function recordReadme(): string {
  return `БІТІМ

Қазақша

Бұл пакетте медиацияның бірлескен кездесуінің жазбасы бар. Жеке әңгімелерден мұнда авторы бәріне
жеткізуге рұқсат бергені ғана бар. Файлдардың өзі мұнда жоқ: атауы, көлемі және хеші бар.

  joint-record.pdf    оқуға арналған жазба
  joint-record.json   толық жазба, хештер тізбегі және сервистің мөрі
  certificates/       сервистің сертификаттары

Тексеру: Bitim сервисінің «/verify» беті (файл ешқайда жіберілмейді) немесе төмендегі команда.
certificates/authority.pem файлының өзіне сенім артпаңыз: бақылау кодын сервисті жүргізетін адамнан біліңіз.
Мөр сервистің осы жазбаны осы уақытта осы күйінде ұстағанын растайды. Ол ешкімнің қолтаңбасы емес.


По-русски

Здесь запись общей встречи медиации. Из отдельных бесед здесь есть только то, что автор
разрешил передать всем. Самих файлов здесь нет: есть имя, размер и хеш каждого.

  joint-record.pdf    запись для чтения
  joint-record.json   вся запись, цепочка хешей и печать сервиса
  certificates/       сертификаты сервиса

Проверка: страница «/verify» сервиса Bitim (файл никуда не отправляется) или команда ниже.
Не верьте файлу certificates/authority.pem на слово: контрольный код узнайте у того, кто ведёт сервис.
Печать подтверждает, что у сервиса в это время была именно эта запись. Это ничья подпись.


In English

This is the record of the joint session of a mediation. Of private talks only what its author
allowed to be passed on to all is here. Files are named by name, size and hash; they are not in here.

  joint-record.pdf    the record to read
  joint-record.json   the whole record, its chain of hashes, and the seal of the service
  certificates/       certificates of the service

To verify: the page /verify of a Bitim service (the file is sent nowhere), or the command below.
Do not take certificates/authority.pem at its word: learn the control code from whoever runs the service.
The seal says that the service held this very record at this time. It is nobody's signature.


npm run verify -- joint-record.zip --code "…"
`
}
