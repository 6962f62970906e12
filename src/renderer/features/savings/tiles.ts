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

/** Areas by size, largest first; what has no size has none. */
export function tileBoxes(tiles: readonly Tile[], width: number, height: number): readonly TileBox[] {
  if (width <= 0 || height <= 0) return []
  const root = hierarchy<Node>({ tiles }, (node) =>
    'tiles' in node ? node.tiles.map((tile) => ({ tile })) : undefined,
  )
    .sum((node) => ('tile' in node ? node.tile.sizeBytes : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  return treemap<Node>()
    .size([width, height])
    .padding(1)(root)
    .leaves()
    .flatMap(({ data, x0, x1, y0, y1 }) =>
      'tile' in data && data.tile.sizeBytes > 0
        ? [{ tile: data.tile, x: x0, y: y0, width: x1 - x0, height: y1 - y0 }]
        : [],
    )
}
