// Which texts travel together: one small file per group and language. A group names capabilities or beginnings of ids; a text may stand
// in several groups. The texts of a capability that is named nowhere travel with `room`; of one that is named, a text that stands in no
// group stops the build. `shell` is loaded before anything is drawn.
export const TEXT_GROUPS = {
  shell: ['i18n', 'ui', 'app'],
  join: ['identity.join', 'identity.reason'],
  // everything up to the door of the room
  waiting: [
    'rooms.all',
    'rooms.confirm',
    'rooms.direct',
    'rooms.exit',
    'rooms.leave.item',
    'rooms.left',
    'rooms.mediator',
    'rooms.menu',
    'rooms.news',
    'rooms.office',
    'rooms.opening',
    'rooms.outdated',
    'rooms.reason',
    'rooms.shut',
    'rooms.sync-status',
    'rooms.waiting',
    'preparation.topic',
  ],
  leave: ['rooms.leave'],
  // dates, opening statements, what is asked alone
  before: ['scheduling', 'preparation'],
  // how the page is left at once
  exit: ['rooms.leave-page'],
  // said of a network that lets no WebSocket through
  blocked: ['rooms.blocked'],
  // on top of `waiting`, which everybody has who comes as far; kept words are shown where the draft itself could not be fetched
  room: [
    'identity.read-out',
    'rooms.access',
    'rooms.behind',
    'rooms.board',
    'rooms.board-short',
    'rooms.case',
    'rooms.draft',
    'rooms.entered',
    'rooms.forked',
    'rooms.help',
    'rooms.mediation',
    'rooms.near',
    'rooms.newer',
    'rooms.notes',
    'rooms.offline',
    'rooms.people',
    'rooms.print',
    'rooms.remove',
    'rooms.role',
    'rooms.session',
    'rooms.side',
    'rooms.signing',
    'rooms.storage',
    'rooms.switch',
    'rooms.tab',
    'rooms.talk-short',
    'messaging',
    'caucus.apart',
    'caucus.bar',
    'caucus.call',
    'caucus.event',
    'caucus.invitation',
    'caucus.phone',
    'caucus.reason',
    'files',
    'negotiation',
    'media',
    'drafting.kept',
  ],
  // on top of `room`: when a conversation is long, when a caucus is asked for, what a mediator alone sees, what happened to the text, how one is told of news
  older: ['rooms.older'],
  print: ['rooms.paper'],
  question: ['caucus.invite', 'caucus.step-over'],
  board: ['caucus.board'],
  alerts: ['rooms.alerts'],
  told: ['signing.told'],
  // once the mediation has ended
  ended: ['signing.over', 'signing.save', 'signing.released', 'signing.reason'],
  'own-notes': ['rooms.own-notes'],
  draft: ['drafting', 'signing'],
  // of one's own ways in, when another device came in or one asks
  access: ['identity.access', 'identity.reason'],
  // where something of the case was corrected
  corrections: ['cases.corrections'],
  office: ['identity', 'registry', 'cases', 'rooms', 'filing', 'statistics', 'learning'],
  verify: ['verify', 'signing'],
} as const satisfies Record<string, readonly string[]>

export type TextGroup = keyof typeof TEXT_GROUPS
