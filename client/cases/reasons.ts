import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { CaseRouteReason } from '#shared/cases/case-routes.ts'

registerReasons({ 'cases/own-profile': 'cases.reason.own-profile' } satisfies Record<CaseRouteReason, TextId>)
