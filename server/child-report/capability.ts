import { serverCapability } from '#server/capability.ts'
import { serve } from '#server/http/router.ts'
import { childProtectionLook } from '#shared/child-report/child-report-routes.ts'
import { handOverChildReportRule, makeChildReportRule } from '#shared/child-report/decide-child-report.ts'

export const childReport = serverCapability({
  name: 'child-report',
  rules: [makeChildReportRule, handOverChildReportRule],
  start: ({ config: { childProtection: body } }) => ({
    api: undefined,
    routes: [serve(childProtectionLook, async () => (body === undefined ? {} : { body }))],
  }),
})
