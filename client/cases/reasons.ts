import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { CaseReason } from '#shared/cases/case-protocol.ts'
import type { CaseRouteReason } from '#shared/cases/case-routes.ts'
import type { UnfinishedReason } from '#shared/cases/unfinished-routes.ts'

type Shown = CaseRouteReason | UnfinishedReason | Extract<CaseReason, 'cases/side-full' | 'cases/apart-full' | 'cases/already-ended'>

registerReasons({
  'cases/profile-incomplete': 'cases.reason.profile-incomplete',
  'cases/too-many-unfinished': 'cases.reason.too-many-unfinished',
  'cases/unfinished-gone': 'cases.reason.unfinished-gone',
  'cases/changed-elsewhere': 'cases.reason.changed-elsewhere',
  'cases/own-profile': 'cases.reason.own-profile',
  'cases/contacts-not-saved': 'cases.reason.contacts-not-saved',
  'cases/list-being-made': 'cases.reason.list-being-made',
  'cases/side-full': 'rooms.reason.side-full',
  'cases/apart-full': 'rooms.reason.apart-full',
  'cases/number-on-closed-text': 'cases.reason.number-on-closed-text',
  'cases/already-ended': 'cases.reason.closed',
} satisfies Record<Shown, TextId>)
