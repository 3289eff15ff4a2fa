// Emoji as people's keyboards make them. Joiners, variation selectors and tags belong inside these and nowhere else: between other characters
// they carry a text that nobody sees. The sequences are listed here by their grammar, so that an old browser and a new server agree.

const VS = '\\u{FE0F}?'
const TONE = '[\\u{1F3FB}-\\u{1F3FF}]?'
const JOIN = '\\u{200D}'
const PERSON = '[👨👩🧑]'
const GENDER = `[♀♂]${VS}`
const HEART = `❤${VS}`
const TO_THE_RIGHT = `${JOIN}➡${VS}`

/** People who do something, with a gender of their own. */
const ACTING = '[⛹🏃🏄🏊-🏌👮👯👰👱👳👷💁💂💆💇🕵🙅-🙇🙋🙍🙎🚣🚴-🚶🤦🤵🤷-🤹🤼-🤾🦸🦹🧍-🧏🧔🧖-🧟]'
/** What makes a person a farmer, a judge, somebody with red hair. */
const ROLE = `(?:[⚕⚖✈]${VS}|[🌾🍳🍼🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦰-🦳]|[🦯🦼🦽](?:${TO_THE_RIGHT})?)`

const JOINED = [
  `${PERSON}${TONE}${JOIN}(?:${ROLE}|(?:${HEART}${JOIN}(?:💋${JOIN})?|🤝${JOIN}|🐰${JOIN}|🫯${JOIN})${PERSON}${TONE})`,
  `🧑${TONE}${JOIN}[🎄🩰]`,
  `(?:[👨👩]${JOIN}){1,2}(?:[👦👧]${JOIN})?[👦👧]`,
  `(?:🧑${JOIN}){1,2}(?:🧒${JOIN})?🧒`,
  `[🏃🚶🧎]${TONE}(?:${JOIN}${GENDER})?${TO_THE_RIGHT}`,
  `${ACTING}(?:${TONE}|${VS})${JOIN}${GENDER}`,
  `🫱${TONE}${JOIN}🫲${TONE}`,
  `${HEART}${JOIN}[🔥🩹]`,
  `🏳${VS}${JOIN}(?:🌈|⚧${VS})`,
  `🏴${JOIN}☠${VS}`,
  `👁${VS}${JOIN}🗨${VS}`,
  `⛓${VS}${JOIN}💥`,
  `🙂${JOIN}[↔↕]${VS}`,
  `😶${JOIN}🌫${VS}`,
  `🐻${JOIN}❄${VS}`,
  ...['🐕🦺', '🐈⬛', '🐦⬛', '🐦🔥', '🍋🟩', '🍄🟫', '😮💨', '😵💫'].map((pair) => [...pair].join(JOIN)),
]

/** The flags of England, Scotland and Wales, the only ones that are spelled in tags. */
export const SPELLED_FLAGS = ['gbeng', 'gbsct', 'gbwls']
  .map((region) => `🏴${[...region].map((letter) => `\\u{${(0xe0000 + (letter.codePointAt(0) ?? 0)).toString(16)}}`).join('')}\\u{E007F}`)
  .join('|')
const KEYCAP = `[0-9#*]${VS}\\u{20E3}`
/** Signs that are drawn as text unless the selector asks for the picture. */
const COLOURED = '(?![0-9#*])(?!\\p{Emoji_Presentation})\\p{Emoji}\\u{FE0F}'

/** Of what is otherwise taken out, these parts stay. Longer ones first. */
export const KNOWN_EMOJI = [...JOINED, SPELLED_FLAGS, KEYCAP, COLOURED].join('|')
