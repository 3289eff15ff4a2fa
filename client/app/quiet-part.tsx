import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { LazyPart, type Part } from './lazy-part.tsx'

/** A part that nothing waits for: not seen before it is there, and the screen goes on without it where it cannot be fetched. */
export function QuietPart<Props extends object>({ part, props }: { readonly part: Part<Props>; readonly props: Props }) {
  return (
    <PartBoundary fallback={() => null}>
      <LazyPart part={part} props={props} fallback={null} />
    </PartBoundary>
  )
}
