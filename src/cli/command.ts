/** What a command line asks for, as plain data: parsing ends here and running starts here. */
import type { ByteString } from '../shared/byte-string.ts'
import type { CompareOptions } from '../shared/comparison.ts'
import type { SizeUnits } from '../shared/format-size.ts'
import type { ConvertOptions, CreateOptions, ExtractOptions, TestDataOptions } from '../shared/jobs.ts'

/** Options that every command takes. */
export interface CommonOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly units: SizeUnits
}

/** Where an archive is read from or written to. `trusted`: whatever it claims, no limit keeps it from being read. */
export type ArchivePlace =
  | { readonly kind: 'path'; readonly path: ByteString; readonly trusted?: true }
  /** `-`: standard input or output. */
  | { readonly kind: 'stream'; readonly trusted?: true }

export interface CreateCommand {
  readonly kind: 'create'
  readonly common: CommonOptions
  readonly archive: ArchivePlace
  readonly options: CreateOptions
}

export interface ExtractCommand {
  readonly kind: 'extract'
  readonly common: CommonOptions
  readonly archive: ArchivePlace
  readonly options: ExtractOptions
}

type ListStyle = 'flat' | 'tree' | 'null-terminated'

export interface ListCommand {
  readonly kind: 'list'
  readonly common: CommonOptions
  readonly archive: ArchivePlace
  readonly selection: readonly string[]
  readonly exclude: readonly string[]
  readonly style: ListStyle
  readonly long: boolean
  /** Under each entry of the long form all times to the nanosecond, flags and attributes. */
  readonly details: boolean
}

/** Commands that take an archive and nothing else. */
export interface ArchiveCommand {
  readonly kind: 'info' | 'verify' | 'seal'
  readonly common: CommonOptions
  readonly archive: ArchivePlace
}

export interface CompareCommand {
  readonly kind: 'compare'
  readonly common: CommonOptions
  readonly archive: ArchivePlace
  readonly options: CompareOptions
}

export interface SharingCommand {
  readonly kind: 'sharing'
  readonly common: CommonOptions
  readonly paths: readonly ByteString[]
  /** A table of every file, and all groups. */
  readonly all: boolean
  /** The archive that the one path was extracted from: it is looked at, too, and asked how much is still shared. */
  readonly withArchive: ByteString | undefined
  readonly report: { readonly path: ByteString; readonly format: SharingReportFormat } | undefined
}

export const sharingReportFormats = ['html', 'svg', 'png', 'json', 'csv'] as const
type SharingReportFormat = (typeof sharingReportFormats)[number]

export interface ConvertCommand {
  readonly kind: 'convert'
  /** The user trusts the old archive: it is read whatever it claims. */
  readonly trusted: boolean
  readonly common: CommonOptions
  readonly options: ConvertOptions
}

export interface DuplicatesCommand {
  readonly kind: 'duplicates'
  readonly common: CommonOptions
  readonly paths: readonly ByteString[]
  readonly blockSizeBytes: number
  /** All groups, with every file of each. */
  readonly all: boolean
}

export interface TestDataCommand {
  readonly kind: 'testdata'
  readonly common: CommonOptions
  readonly options: TestDataOptions
}

interface TextCommand {
  /** Text to print on stdout: help or the version. */
  readonly kind: 'text'
  readonly text: string
}

/** The commands' words, in the order of the help. */
export const commandWords = [
  'create',
  'extract',
  'list',
  'info',
  'verify',
  'compare',
  'seal',
  'convert',
  'sharing',
  'duplicates',
  'testdata',
] as const satisfies readonly WorkCommand['kind'][]

export type WorkCommand =
  | CreateCommand
  | ExtractCommand
  | ListCommand
  | ArchiveCommand
  | CompareCommand
  | ConvertCommand
  | SharingCommand
  | DuplicatesCommand
  | TestDataCommand
export type Command = WorkCommand | TextCommand

/** What parsing needs to know about its surroundings, so that it stays a pure function. */
export interface ParseEnvironment {
  readonly version: string
  /** Root restores owners and special bits unless told not to. */
  readonly isRoot: boolean
  readonly processors: number
}
