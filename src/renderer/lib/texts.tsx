/** The texts and the formatter of the window's language, for components. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Said } from '../../shared/said.ts'
import { type ErrorText, errorText } from '../../shared/texts/errors.ts'
import { createFormat, type Format } from '../../shared/texts/format.ts'
import { sayIn } from '../../shared/texts/sentences.ts'
import { formatText, localeOf, type TextKey, type TextValues } from '../../shared/texts/text.ts'
import { useWindow } from '../store/store.ts'

const FormatContext = createContext<Format>(createFormat('en', 'si'))

/** Gives everything below it the language and the units of the settings. */
export function TextProvider({ children }: { readonly children: ReactNode }) {
  const locale = useWindow(({ settings, product }) => localeOf(settings.language, product.locale))
  const units = useWindow(({ settings }) => settings.units)
  const format = useMemo(() => createFormat(locale, units), [locale, units])
  return (
    <I18nProvider locale={locale}>
      <FormatContext value={format}>{children}</FormatContext>
    </I18nProvider>
  )
}

/** Sizes, counts, dates and durations as the user wants them. */
export function useFormat(): Format {
  return useContext(FormatContext)
}

/** The message of a key in the window's language. */
export function useText(): (key: TextKey, values?: TextValues) => string {
  const { locale } = useFormat()
  return useMemo(() => (key, values) => formatText(locale, key, values), [locale])
}

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
