/** What kind of entry it is, at a glance: its kind, and for files what their ending says. */
import {
  Disc,
  File,
  FileArchive,
  FileCode,
  FileHeadphone,
  FileImage,
  FilePlay,
  FileText,
  Folder,
  HardDrive,
  Link,
  Link2,
  type LucideIcon,
  Waypoints,
} from 'lucide-react'
import type { EntryKind } from '../../../shared/archive-info.ts'
import type { ByteString } from '../../../shared/byte-string.ts'
import { classNames } from '../../lib/class-names.ts'
import styles from './entry-icon.module.css'

const kindIcons: { readonly [Kind in Exclude<EntryKind, 'file'>]: LucideIcon } = {
  directory: Folder,
  symlink: Link,
  hardlink: Link2,
  fifo: Waypoints,
  'character-device': HardDrive,
  'block-device': HardDrive,
}

const endings: readonly (readonly [LucideIcon, string])[] = [
  [FileImage, 'png jpg jpeg gif webp svg bmp tiff heic avif raw'],
  [FileText, 'txt md rst pdf doc docx odt rtf tex log csv'],
  [FileCode, 'ts tsx js mjs jsx py rs go c h cc cpp hpp java rb sh json xml html css yml yaml toml sql'],
  [FileArchive, 'zip gz bz2 xz zst 7z rar tar tgz deb rpm jar reftar'],
  [FileHeadphone, 'mp3 flac ogg opus wav m4a aac'],
  [FilePlay, 'mp4 mkv webm avi mov m4v'],
  [Disc, 'iso img qcow2 vmdk vdi raw vhdx'],
]

const iconOfEnding = new Map(endings.flatMap(([icon, names]) => names.split(' ').map((name) => [name, icon])))

interface EntryIconProps {
  readonly kind: EntryKind
  readonly path: ByteString
  readonly size?: number
}

export function EntryIcon({ kind, path, size = 16 }: EntryIconProps) {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  const Icon = kind === 'file' ? (iconOfEnding.get(ending) ?? File) : kindIcons[kind]
  return (
    <Icon
      size={size}
      strokeWidth={1.75}
      aria-hidden
      className={classNames(styles['icon'], kind === 'directory' && styles['folder'])}
    />
  )
}
