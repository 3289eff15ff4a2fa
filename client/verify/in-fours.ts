/** A digest as it stands on paper, in groups that an eye can compare. */
export function inFours(digest: string): string {
  return digest.match(/.{1,4}/g)?.join(' ') ?? ''
}
