/** How packs are compressed unless told otherwise: the same for the command line and the window. */

export interface CompressionChoice {
  /** zstd's, 1 to 19. */
  readonly compressionLevel: number
  /** Packs compressed at once. */
  readonly jobs: number
}

/**
 * The choice for an archive on a machine with `processors`, of which `level` and `jobs` may be the user's. Level 1
 * keeps up with the thread that reads, so that one gets a processor to itself: on two, an archive of Linux's source takes
 * a tenth less time than with both compressing. With --compress or a higher level compressing takes longest and gets all.
 */
export function compressionChoice(
  processors: number,
  compress: boolean,
  level: number = compress ? 3 : 1,
  jobs: number = compress || level > 1 ? processors : Math.max(1, processors - 1),
): CompressionChoice {
  return { compressionLevel: level, jobs }
}
