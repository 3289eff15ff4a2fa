import { type ToolParts, useTools } from '#client/http/tools.tsx'
import { browserAlerts } from './alert-device.ts'
import { type Alerts, createAlerts } from './alerts.ts'

const ofPage = ({ storage }: ToolParts) => createAlerts(browserAlerts(), storage)

export function useAlerts(): Alerts {
  return useTools().once(ofPage)
}
