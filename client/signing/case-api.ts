import type { Download, DownloadDefinition, RouteAnswer, RouteDefinition, RouteInput } from '#shared/protocol/route.ts'

/** The way to the server for somebody in a case: the session's fresh token is put in by whoever hands it over. */
export interface CaseApi {
  call<R extends RouteDefinition>(route: R, input: RouteInput<R>): Promise<RouteAnswer<R>>
  download<R extends DownloadDefinition>(route: R, input: RouteInput<R>): Promise<Download>
}
