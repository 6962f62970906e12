/** Columns that line up. */

export type Alignment = 'left' | 'right'

/** Rows → lines with every column as wide as its widest cell; the last column is never padded. */
export function tableLines(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
  indent = '',
): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0
      if (alignments[column] === 'right') return cell.padStart(width)
      return column === row.length - 1 ? cell : cell.padEnd(width)
    })
    return `${indent}${cells.join('  ')}`.trimEnd()
  })
}

/** Pads like a table whose rows come one at a time: a column grows when a wider cell comes and stays that wide. */
export function growingColumns(
  alignments: readonly Alignment[],
  initialWidths: readonly number[],
): (cells: readonly string[]) => string {
  const widths = [...initialWidths]
  return (cells) =>
    cells
      .map((cell, column) => {
        const width = Math.max(widths[column] ?? 0, cell.length)
        widths[column] = width
        if (alignments[column] === 'right') return cell.padStart(width)
        return column === cells.length - 1 ? cell : cell.padEnd(width)
      })
      .join('  ')
}
