/** The parts of the bar: what saved how much, and at last what is left to be stored. They add up to the size. Pure. */
import type { Savings } from '../../../shared/sharing/savings.ts'

export interface BarPart {
  readonly kind: 'holes' | 'shared-on-disk' | 'equal-content' | 'duplicates' | 'packing' | 'stored'
  readonly bytes: number
}

export function barParts(savings: Savings): readonly BarPart[] {
  const { sizeBytes, withoutHolesBytes, withoutDuplicatesBytes, storedBytes, duplicates, packingBytes } = savings
  const duplicateBytes = withoutHolesBytes - withoutDuplicatesBytes
  const parts: readonly BarPart[] = [
    { kind: 'holes', bytes: sizeBytes - withoutHolesBytes },
    ...duplicateParts(duplicateBytes, duplicates),
    { kind: 'packing', bytes: packingBytes },
    { kind: 'stored', bytes: storedBytes },
  ]
  return parts.filter(({ bytes }) => bytes > 0)
}

/** Why something needn’t be stored again is told apart where it is known for all of it. */
function duplicateParts(bytes: number, known: Savings['duplicates']): readonly BarPart[] {
  if (known === undefined || known.sharedOnDiskBytes + known.equalContentBytes !== bytes) {
    return [{ kind: 'duplicates', bytes }]
  }
  return [
    { kind: 'shared-on-disk', bytes: known.sharedOnDiskBytes },
    { kind: 'equal-content', bytes: known.equalContentBytes },
  ]
}
