/** Where the areas of a treemap lie. Pure. */
import { hierarchy, treemap } from 'd3-hierarchy'

export interface Tile {
  /** rest: all files that are too many to have an area each. */
  readonly kind: 'folder' | 'file' | 'rest'
  readonly name: string
  readonly sizeBytes: number
  /** Bytes that only this needs: what else it says it has are holes, or is there for others too. */
  readonly ownBytes: number
}

export interface TileBox {
  readonly tile: Tile
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Node = { readonly tile: Tile } | { readonly tiles: readonly Tile[] }

/** Whether an area has room for its name. */
export function isNamed({ width, height }: TileBox): boolean {
  return width > 48 && height > 20
}

/** Areas by size, largest first; what has no size has none. None is narrower than a pixel, and all lie within the whole. */
export function tileBoxes(tiles: readonly Tile[], width: number, height: number): readonly TileBox[] {
  if (width <= 0 || height <= 0) return []
  const root = hierarchy<Node>({ tiles }, (node) =>
    'tiles' in node ? node.tiles.map((tile) => ({ tile })) : undefined,
  )
    .sum((node) => ('tile' in node ? node.tile.sizeBytes : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  return treemap<Node>()
    .size([width, height])
    .paddingInner(1)(root)
    .leaves()
    .flatMap(({ data, x0, x1, y0, y1 }) =>
      'tile' in data && data.tile.sizeBytes > 0
        ? [
            {
              tile: data.tile,
              x: Math.min(x0, width - 1),
              y: Math.min(y0, height - 1),
              width: Math.max(1, x1 - x0),
              height: Math.max(1, y1 - y0),
            },
          ]
        : [],
    )
}
