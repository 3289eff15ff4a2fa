// Which texts travel together: one small file per group and language. A group names capabilities or beginnings of ids; a text may stand
// in several groups, and one that stands in none stops the build. `shell` is loaded before anything is drawn.
export const TEXT_GROUPS = {
  shell: ['i18n', 'ui', 'app'],
  join: ['identity.join', 'identity.reason'],
  // everything up to the door of the room
  waiting: [
    'rooms.all',
    'rooms.confirm',
    'rooms.direct',
    'rooms.leave',
    'rooms.left',
    'rooms.mediator',
    'rooms.menu',
    'rooms.news',
    'rooms.office',
    'rooms.opening',
    'rooms.outdated',
    'rooms.reason',
    'rooms.shut',
    'rooms.strip',
    'rooms.waiting',
  ],
  // kept words are shown where the draft itself could not be fetched
  room: ['identity.read-out', 'rooms', 'messaging', 'caucus', 'files', 'negotiation', 'media', 'drafting.kept'],
  draft: ['drafting', 'signing'],
  office: ['identity', 'registry', 'cases', 'rooms', 'filing', 'statistics', 'learning'],
  verify: ['verify', 'signing'],
} as const satisfies Record<string, readonly string[]>

export type TextGroup = keyof typeof TEXT_GROUPS
