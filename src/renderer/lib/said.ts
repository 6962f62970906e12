/** What the engine says, for components in the window's language. */
import { useMemo } from 'react'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Said } from '../../shared/said.ts'
import { type ErrorText, errorText } from '../../shared/texts/errors.ts'
import { sayIn } from '../../shared/texts/sentences.ts'
import { useFormat } from './texts.tsx'

/** What the engine says, in the window's language. */
export function useSay(): (what: Said) => string {
  const format = useFormat()
  return useMemo(() => (what) => sayIn(format, what), [format])
}

/** Title and remedy of an error in the window's language. */
export function useErrorText(): (code: ErrorCode) => ErrorText {
  const { locale } = useFormat()
  return useMemo(() => (code) => errorText(locale, code), [locale])
}
