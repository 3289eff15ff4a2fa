import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { CaseReason } from '#shared/cases/case-protocol.ts'
import type { CaseRouteReason } from '#shared/cases/case-routes.ts'

type Shown = CaseRouteReason | Extract<CaseReason, 'cases/side-full' | 'cases/already-ended'>

registerReasons({
  'cases/own-profile': 'cases.reason.own-profile',
  'cases/contacts-not-saved': 'cases.reason.contacts-not-saved',
  'cases/list-being-made': 'cases.reason.list-being-made',
  'cases/side-full': 'rooms.reason.side-full',
  'cases/already-ended': 'cases.reason.closed',
} satisfies Record<Shown, TextId>)
