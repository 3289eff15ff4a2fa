// @vitest-environment jsdom
// What each program puts on the clipboard, in words of our own, and the lines that a reader of it sees.
import { describe, expect, it } from 'vitest'
import { blocksFromHtml, blocksFromText, type PastedBlock } from './pasted-blocks.ts'
import { wordsIn } from './pasted-lines.ts'

const SIGN = { clause: '+', paragraph: '', heading: '#', item: '•' } as const

/** `+2 words` for a clause of the second level, `# words`, `• words`, words. */
function shown(blocks: readonly PastedBlock[]): string[] {
  return blocks.map(({ kind, level, runs }) => `${SIGN[kind]}${kind === 'clause' ? level : ''} ${wordsIn(runs)}`.trim())
}

const html = (source: string) => shown(blocksFromHtml(source))
const text = (source: string) => shown(blocksFromText(source))

describe('numbers and list marks', () => {
  it.each([
    '25.11.2026 стороны встретились.',
    '25.11.26. Стороны встретились.',
    '1.05. Праздник',
    '31.1. Аванс',
    '5. 12. 2026 стороны встретились',
    '1.500.000 тенге до 1 декабря.',
    '1.500.000. Тенге',
    '2.5 тонны',
    '2.5. Тонны',
    '18.30 — приёмка',
    '18.30. Приёмка',
    '500. Срок 10 дней',
    '500 000 ₸',
    '10 дней',
    '1.Предмет',
    '— 500 ₸ аванса',
    '-500',
    'а) штраф',
    'IV. Споры',
    '№ 5. Договор',
    '1. 500 000 ₸',
    '15.',
    '5.1. аванс',
    '1.1. аванс 500 ₸',
    '5. декабря 2026 года',
    '1. Қаңтарда төленеді',
    '31. мамыр',
  ])('[DRA-200] "%s" alone is no mark, as words, in a list, in a cell, in a paragraph', (words) => {
    expect(text(words)).toEqual([words])
    expect(html(`<p>${words}</p>`)).toEqual([words])
    expect(html(`<ol><li>${words}</li></ol>`)).toEqual([`+1 ${words}`])
    expect(html(`<ul><li>${words}</li><li>ещё</li></ul>`)).toEqual([`• ${words}`, '• ещё'])
    expect(html(`<table><tr><td>${words}</td></tr></table>`)).toEqual([words])
  })

  it('[DRA-200] dates, hours, sums and weights under one another are no marks either', () => {
    for (const lines of [
      ['30.04.2026 аванс', '30.05.2026 остаток'],
      ['1.5 тонны пшеницы', '1.6 тонны ячменя', '1.7 тонны овса'],
      ['10.00 начало', '10.30 перерыв'],
      ['100 шт.', '101 шт.'],
      ['Цена составляет', '15. Стороны согласны с ней'],
      ['3. Иванов', 'слова', '7. Петров'],
      ['24.11. Аванс', '24.12. Остаток'],
      ['18.30. Начало', '18.31. Конец'],
      ['10. 11. 2026 приёмка', '11. 11. 2026 оплата'],
      ['5. Пять', '5. Пять'],
      ['1.1. Иванов', '1.1. Петров'],
      ['5.1. аванс', '5.2. остаток'],
      ['1. декабря 500 ₸', '2. января 600 ₸'],
      ['2. Два', '1. Один'],
      ['1.1 Поставка', '1.2 тонны'],
    ]) {
      expect(text(lines.join('\n'))).toEqual(lines)
      expect(html(`<ol>${lines.map((line) => `<li>${line}</li>`).join('')}</ol>`)).toEqual(lines.map((line) => `+1 ${line}`))
    }
    expect(html('<ol><li>1.5 тонны;</li><li>30.04.2026 аванс;</li></ol>')).toEqual(['+1 1.5 тонны;', '+1 30.04.2026 аванс;'])
  })

  it('[DRA-200] a number that counts on from its neighbours, with a space behind it, makes a clause', () => {
    expect(text('1. Предмет\n1.1. Поставка\n1.1.1. Место\n1.2. Приёмка\n2. Цена')).toEqual([
      '+1 Предмет',
      '+2 Поставка',
      '+3 Место',
      '+2 Приёмка',
      '+1 Цена',
    ])
    expect(text('9.9. Девять\n9.10. Десять\n9.11. Ещё')).toEqual(['+2 Девять', '+2 Десять', '+2 Ещё'])
    expect(text('5. Порядок оплаты:\n5.1. аванс;\n5.2. остаток.')).toEqual(['+1 Порядок оплаты:', '+2 аванс;', '+2 остаток.'])
    expect(text('1. Майлы дақылдар\n2. Мартовская поставка')).toEqual(['+1 Майлы дақылдар', '+1 Мартовская поставка'])
    expect(text('3) Три\n\n4) Четыре')).toEqual(['+1 Три', '+1 Четыре'])
    expect(text('1. Предмет\n1.1 Поставщик обязуется\n1.2 Покупатель обязуется')).toEqual([
      '+1 Предмет',
      '+2 Поставщик обязуется',
      '+2 Покупатель обязуется',
    ])
    expect(text('1. 500 000 ₸ аванса\n2. 300 000 ₸ остатка')).toEqual(['+1 500 000 ₸ аванса', '+1 300 000 ₸ остатка'])
    expect(text('1.1. Поставщик передаёт товар.')).toEqual(['+2 Поставщик передаёт товар.'])
    expect(text('2) Цена 500 ₸')).toEqual(['+1 Цена 500 ₸'])
    expect(html('<p>1. Один<br>2. Два<br>и ещё</p>')).toEqual(['+1 Один', '+1 Два\nи ещё'])
    expect(html('<ol><li>1. Один</li><li>2. Два</li></ol>')).toEqual(['+1 Один', '+1 Два'])
  })
})

describe('sources', () => {
  it('[DRA-201] Word: smart tags and content controls are entered, marks of its lists are not words, its sheets and metadata stay away', () => {
    expect(
      html(`<html xmlns:o="urn:o" xmlns:w="urn:w" xmlns:st1="urn:s"><head><title>Договор</title><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
      <style><!-- /* Style Definitions */ p.MsoNormal {margin:0cm; mso-style-name:"Обычный;hidden"} span.secret {mso-hide:all}
      @page WordSection1 {size:595pt 842pt} @list l0:level1 {mso-level-text:"%1\\)"} --></style></head><body lang=RU><!--StartFragment-->
      <p class=MsoNormal>Договор от <st1:metricconverter ProductID="2026 г" w:st="on">2026 г</st1:metricconverter>, в <st1:place w:st="on">Астане</st1:place>.<o:p></o:p></p>
      <p class=MsoNormal><w:Sdt DocPart="x"><w:sdtPr></w:sdtPr>Покупатель <o:p>платит</o:p></w:Sdt><span class=secret> тайна</span></p>
      <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>2.5 тонны</p>
      <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span>а)<span>&nbsp;</span></span><!--[endif]-->штраф</p>
      <p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>\uf0b7<span>&nbsp;</span></span></span><![endif]>точка</p>
      <p class=MsoNormal><v:shape><v:textbox>рисунок</v:textbox></v:shape>Конец<o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>`),
    ).toEqual(['Договор от 2026 г, в Астане.', 'Покупатель платит', '+1 2.5 тонны', 'а) штраф', '• точка', 'Конец'])
  })

  it('[DRA-201] Google Docs, LibreOffice, messengers and mail: what stands there stands here, line by line', () => {
    expect(
      html(
        `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700;white-space:pre-wrap;">Цена</span><span style="white-space:pre-wrap;"> 500 ₸</span></p><br /><ul><li dir="ltr"><p dir="ltr"><span>раз</span></p></li></ul></b>`,
      ),
    ).toEqual(['Цена 500 ₸', '• раз'])
    expect(
      html(
        `<head><style type="text/css">p { line-height: 115% }</style></head><body><p><font color="#000000"><font face="Liberation Serif">Срок <font size="3">10 дней</font></font></font></p><p><br/></p><p>Конец</p></body>`,
      ),
    ).toEqual(['Срок 10 дней', 'Конец'])
    expect(
      html(
        '<div class="message"><span class="text" style="white-space: pre-wrap">Платит 700.\n1. Один\n2. Два</span><span style="float:right">12:30</span></div>',
      ),
    ).toEqual(['Платит 700.', '+1 Один', '+1 Два 12:30'])
    expect(
      html(
        '<div dir="ltr">Согласен.<div><br></div><div>Ерлан</div></div><br><div class="gmail_quote"><div>27.11.2026 писали:<br></div><blockquote>Платите <b>700</b><br><br>до мая</blockquote></div>',
      ),
    ).toEqual(['Согласен.', 'Ерлан', '27.11.2026 писали:', 'Платите 700', 'до мая'])
  })

  it('[DRA-201] what is called a mark and is none, or never ends, is words', () => {
    expect(html('<p><![if !supportLists]>слова без конца</p><p>дальше</p>')).toEqual(['слова без конца', 'дальше'])
    expect(html('<p><span style="mso-list:Ignore">Это длинные слова</span> и ещё</p><p>дальше</p>')).toEqual([
      'Это длинные слова и ещё',
      'дальше',
    ])
    expect(html('<p><span style="mso-list:Ignore">500</span></p><p><span style="mso-list:Ignore">1.</span></p>')).toEqual(['500'])
    expect(html('<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">Статья 1.</span>Предмет</p>')).toEqual([
      'Статья 1. Предмет',
    ])
    expect(html('<h1 style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.</span>Предмет</h1>')).toEqual(['# 1. Предмет'])
  })

  it('[DRA-201] elements that nobody knows are entered; what is read aloud to nobody is still seen', () => {
    expect(html('<x-card><x-line>один</x-line> <span aria-hidden="true">два</span></x-card>')).toEqual(['один два'])
    expect(
      html(
        '<p>Сдать <button>акт</button>до <input value="1 мая"> и <select><option>тонну</option><option selected>две</option></select>.</p>',
      ),
    ).toEqual(['Сдать акт до 1 мая и две .'])
    expect(html('<ruby>斤<rp>(</rp><rt>цзинь</rt><rp>)</rp></ruby> <img alt="подпись">')).toEqual(['斤(цзинь)'])
    expect(html('<p>Да<img class="emoji" alt="👍" src=x>, нет<img alt="подпись"><img alt="500"><img></p>')).toEqual(['Да👍, нет'])
    expect(html(`<p>Да<img alt="🇰🇿"><img alt="${'🇰🇿'.repeat(40)}x"><img alt="1️⃣">!</p>`)).toEqual(['Да🇰🇿1⃣!'])
    expect(html('<svg><title>рисунок</title><text>один</text><text>два</text></svg>')).toEqual(['один', 'два'])
  })

  it('[DRA-202] what was deleted, hidden or a comment there does not come along', () => {
    expect(
      html(
        `<p>Платит <del>500</del><ins>700</ins> ₸, срок <span style="text-decoration:line-through">10</span> 30 дней.<span style="display:none"> согласимся на 50</span><span style="mso-hide:all"> тайна</span><a class=msocomanchor href="#_msocom_1">[A1]</a></p><div style="mso-element:comment-list"><div style="mso-element:comment"><p class=MsoCommentText>Клиент уступит.</p></div></div>`,
      ),
    ).toEqual(['Платит 700 ₸, срок 30 дней.'])
    for (const hidden of [
      '<span hidden>нет</span>',
      '<s>нет</s>',
      '<strike>нет</strike>',
      '<span style="visibility:hidden">нет</span>',
      '<span style="font-size:0">нет<b>нет</b></span>',
      '<span style="font-size: 0px !important">нет</span>',
      '<span style="opacity:0">нет</span>',
      '<span style="color:transparent">нет</span>',
      '<span style="position:absolute;left:-9999px">нет</span>',
      '<span style="clip: rect(0 0 0 0)">нет</span>',
      '<span style="position:absolute;width:1px;height:1px;overflow:hidden">нет</span>',
      '<span style="position:absolute;top:-10000px">нет</span>',
      '<span style="margin-left:-999em">нет</span>',
      '<span style="transform:translate(0) scale(0)">нет</span>',
      '<span style="opacity:0.01">нет</span>',
      '<span style="color:rgba(0,0,0,0)">нет</span>',
      '<span style="color:rgb(0 0 0 / 0%)">нет</span>',
      '<span style="color:#12345600">нет</span>',
      '<span style="font-size:1px">нет</span>',
      '<p style="background:#fff url(x)"><span style="color:rgb(255, 255, 255)">нет</span></p>',
      '<table><tr><td bgcolor="black"><font color="#000">нет</font></td></tr></table>',
      '<span style="clip-path: inset(50%)">нет</span>',
      '<div style="max-height:0;overflow:hidden">нет</div>',
      '<span class="hide">нет</span>',
      '<span class="gone">нет</span>',
      '<div class="box"><i>нет</i></div>',
      '<template>нет</template>',
      '<script>нет</script>',
      '<noscript>нет</noscript>',
      '<title>нет</title>',
      '<dialog>нет</dialog>',
      '<xml><w:data>нет</w:data></xml>',
      '<input type="hidden" value="нет"><input type=password value="нет">',
      '<math><annotation>нет</annotation></math>',
      '<span class=MsoCommentReference><a class=msocomanchor>нет</a></span>',
      '<sup><a href="#cmnt1" id="cmnt_ref1">нет</a></sup>',
      '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>нет</span></p></div>',
      '<p><span style="color:red; text-decoration: underline line-through">нет</span></p>',
    ])
      expect(
        html(`<style>.hide{display:none} span.gone{text-decoration:line-through !important} @media print{p{display:none}}
        @media screen { .box i { visibility: hidden } }</style><p>да</p>${hidden}<p>и да</p>`),
        hidden,
      ).toEqual(['да', 'и да'])
    const white =
      '<p>да<span style="color:white"> нет</span></p><table><tr><td style="background:#4472C4;color:white">и да</td></tr></table>'
    expect(html(`<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>${white}</body></html>`)).toEqual(['да', 'и да'])
    expect(html(white)).toEqual(['да нет', 'и да'])
    for (const seen of [
      'color:rgb(0, 0, 0)',
      'color:#000;background:#fff',
      'opacity:.5',
      'overflow:hidden;height:20px',
      'left:-5px',
      'transform:scale(1)',
    ])
      expect(html(`<p style="${seen}">да</p>`), seen).toEqual(['да'])
    expect(html('<table><tr><td style="width:1px;overflow:hidden">да</td></tr></table>')).toEqual(['да'])
    expect(html('<details><summary>Кратко</summary>нет</details><details open><summary>Полно</summary>да</details>')).toEqual([
      'Кратко',
      'Полно',
      'да',
    ])
    expect(
      html(
        '<style>.a{display:none}.a.b{display:inline}</style><p><i class="a b">да</i><span style="visibility:hidden">нет<b style="visibility:visible"> и да</b></span></p>',
      ),
    ).toEqual(['да и да'])
  })

  it('[DRA-203] blocks stay apart, lines stay lines, words within a line stay together', () => {
    expect(
      html('<dl><dt>Сумма</dt><dd>500</dd><dt>Срок</dt><dd>10 дней</dd></dl><address>г. Астана</address><footer>подвал</footer>'),
    ).toEqual(['Сумма', '500', 'Срок', '10 дней', 'г. Астана', 'подвал'])
    expect(html('<pre>первая строка\nвторая строка</pre>')).toEqual(['первая строка\nвторая строка'])
    expect(html('<p style="white-space: pre-wrap">первая строка\nвторая строка\n\nтретья</p>')).toEqual([
      'первая строка\nвторая строка',
      'третья',
    ])
    expect(html('<p>первая\nстрока<br>вторая&nbsp;&nbsp; строка</p>')).toEqual(['первая строка\nвторая строка'])
    expect(html('<span style="display:block">а</span><span style="display:block">б</span>в<hr>г<p style="display:inline">д</p>')).toEqual([
      'а',
      'б',
      'в',
      'гд',
    ])
    expect(
      html('<div style="display:flex"><span>Сумма</span><b>500</b></div><div style="display:inline-grid"><i>а</i><i>б</i></div>'),
    ).toEqual(['Сумма 500', 'а б'])
    expect(html('<div role="row"><span role="cell">Срок</span><span role="cell">10 дней</span></div>')).toEqual(['Срок 10 дней'])
    expect(html('<p><span style="float:left">К</span>азах<b>стан</b><wbr>а</p>')).toEqual(['Казахстана'])
    expect(text('первая\u000bвторая\u2028третья\r\nчетвёртая\u2029пятая')).toEqual(['первая\nвторая\nтретья', 'четвёртая', 'пятая'])
  })

  it.each(
    'address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h6 header hgroup legend li main menu nav ol p pre search section summary ul'.split(
      ' ',
    ),
  )('[DRA-203] what stands in <%s> touches no word outside', (tag) => {
    expect(blocksFromHtml(`а<${tag}${tag === 'details' ? ' open' : ''}>б</${tag}>в`).map(({ runs }) => wordsIn(runs))).toEqual([
      'а',
      'б',
      'в',
    ])
    expect(html('<x-row style="display:flex">а</x-row><x-row style="display: grid !important">б</x-row>')).toEqual(['а', 'б'])
  })

  it('[DRA-203] figures above and below the line, and fractions, remain other numbers', () => {
    expect(
      html('<p>10<sup>6</sup> м<sup>2</sup>, CO<sub>2</sub>, 500<span style="vertical-align:super">1</span> ₸, 1<sup>й</sup></p>'),
    ).toEqual(['10⁶ м², CO₂, 500¹ ₸, 1й'])
    expect(html('<math><msqrt><mn>2</mn></msqrt><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>')).toEqual(['√2x₁²'])
    expect(html('<math><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>+</mo><msup><mi>x</mi><mn>3</mn></msup></math>')).toEqual(['1/2+x³'])
  })

  it('[DRA-204] a row of a table is a line with its cells apart; cells of several lines stand one after another', () => {
    expect(html('<table><tr><th>Дата</th><th>Сумма</th></tr><tr><td>30.04.2026</td><td>175.500,00 ₸</td></tr></table>')).toEqual([
      'Дата; Сумма',
      '30.04.2026; 175.500,00 ₸',
    ])
    expect(html('<tr><td>1</td><td>Зерно</td></tr><tr><td>2</td><td></td><td>Овёс</td></tr>')).toEqual(['1; Зерно', '2; Овёс'])
    expect(html('<table><tr><td>Цена:</td><td><p>500</p><p>700</p></td></tr></table>')).toEqual(['Цена: 500 / 700'])
    expect(html('<table><tr><td>1.</td><td>Поставщик</td></tr><tr><td>2.</td><td>Покупатель</td></tr></table>')).toEqual([
      '+1 Поставщик',
      '+1 Покупатель',
    ])
    expect(html('<table><tr><td><p>ТОО «Астық»</p><p>БИН 1</p></td><td><p>ИП Ким</p><p>ИИН 2</p></td></tr></table>')).toEqual([
      'ТОО «Астық»',
      'БИН 1',
      'ИП Ким',
      'ИИН 2',
    ])
    expect(html('<table><tr><td><h2>Письмо</h2><table><tr><td colspan=2>а</td><td>б</td></tr></table><p>в</p></td></tr></table>')).toEqual([
      '# Письмо',
      'а; б',
      'в',
    ])
  })
})
