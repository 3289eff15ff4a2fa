// Which texts travel together: one small file per group and language. A group names capabilities or beginnings of ids; a text may stand
// in several groups. The texts of a capability that is named nowhere travel with `room`; of one that is named, a text that stands in no
// group stops the build. `shell` is loaded before anything is drawn.
export const TEXT_GROUPS = {
  shell: ['i18n', 'ui', 'app.room', 'app.update'],
  landing: ['app.landing'],
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
    'rooms.phone',
    'rooms.reason',
    'rooms.role',
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
    'rooms.behind',
    'rooms.board-short',
    'rooms.child',
    'rooms.draft',
    'rooms.entered',
    'rooms.group-over',
    'rooms.forked',
    'rooms.near',
    'rooms.newer',
    'rooms.notes',
    'rooms.offline',
    'rooms.people.direct',
    'rooms.people.joint',
    'rooms.people.mediator-away',
    'rooms.people.mediator-here',
    'rooms.people.side-mediator',
    'rooms.people.you-mediator',
    'rooms.print',
    'rooms.side',
    'rooms.signing',
    'rooms.storage',
    'rooms.switch',
    'rooms.tab',
    'rooms.talk-short',
    'messaging',
    'calls.entry',
    'caucus.apart',
    'caucus.bar',
    'caucus.event',
    'caucus.invitation',
    'caucus.phone',
    'caucus.reason',
    'crossing.mark',
    'crossing.menu',
    'files.attach',
    'negotiation',
    'media',
    'drafting.kept',
  ],
  // beside the talk: who is where, help
  side: ['rooms.people', 'rooms.help', 'rooms.access', 'rooms.board', 'rooms.group-over', 'caucus.call'],
  // on top of `room`: when a conversation is long, when somebody came late, when a caucus is asked for, what a mediator alone sees, what happened to the text, how one is told of news
  older: ['rooms.older'],
  late: ['rooms.late'],
  print: ['rooms.paper', 'joint-record'],
  'child-report': ['child-report'],
  // whoever reads by grants alone, and whoever is asked about them
  grants: ['rooms.people.joint', 'rooms.grants', 'rooms.consents', 'rooms.own-grant'],
  // of words that may leave a private room
  crossing: ['crossing'],
  // before they are pasted where all read
  paste: ['crossing.paste'],
  question: ['caucus.invite', 'caucus.step-over'],
  // for a side while the mediator is elsewhere
  'while-waiting': ['waiting', 'caucus.call', 'rooms.waiting.notes'],
  board: [
    'identity.read-out',
    'rooms.remove',
    'caucus.board',
    'caucus.minutes',
    'rooms.session',
    'rooms.mediation',
    'rooms.case',
    'rooms.group',
    'rooms.locks',
    'rooms.suspend',
    'rooms.suspended',
  ],
  // a room for some, and whoever was asked into one
  group: ['rooms.group'],
  suspended: ['rooms.suspended'],
  alerts: ['rooms.alerts'],
  told: ['signing.told'],
  // a talk by voice, once there is one or it is asked for
  calls: ['calls'],
  // once the mediation has ended
  ended: ['signing.over', 'signing.save', 'signing.released', 'signing.reason'],
  'own-notes': ['rooms.own-notes'],
  // on top of `room`: once somebody has sent a file, or is about to
  files: ['files'],
  draft: [
    'identity.read-out',
    'drafting.aside',
    'drafting.backToText',
    'drafting.cancelled',
    'drafting.close',
    'drafting.closing',
    'drafting.done',
    'drafting.duty',
    'drafting.earlier',
    'drafting.edit',
    'drafting.exitHint',
    'drafting.fault',
    'drafting.faults',
    'drafting.full',
    'drafting.kept',
    'drafting.letters',
    'drafting.mediator',
    'drafting.news',
    'drafting.place',
    'drafting.print',
    'drafting.readOnly',
    'drafting.ready',
    'drafting.reason',
    'drafting.save',
    'drafting.text',
    'drafting.title',
    'drafting.told',
    'drafting.tools',
    'drafting.writers',
    'signing',
  ],
  // a mediator's own, on top of `draft`
  note: ['drafting.note'],
  // of one's own ways in, when another device came in or one asks
  access: ['identity.access', 'identity.reason'],
  // one telephone for several people: giving it away, and the page that lies over it then
  phone: ['identity.phone', 'identity.join.wrong', 'identity.join.short', 'identity.reason', 'rooms.phone'],
  // reading aloud, by a voice of the device
  aloud: ['rooms.aloud'],
  // where something of the case was corrected
  corrections: ['cases.corrections'],
  office: ['identity', 'registry', 'cases', 'rooms', 'filing', 'statistics', 'learning'],
  verify: ['verify', 'signing'],
} as const satisfies Record<string, readonly string[]>

/** What a page may begin with: fetched by their names. Where the others lie is fetched first. */
export const FIRST_GROUPS: readonly TextGroup[] = ['shell', 'join', 'landing', 'waiting', 'room', 'office']

export type TextGroup = keyof typeof TEXT_GROUPS
