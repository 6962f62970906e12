/** The texts and the formatter of the window's language, for components. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { createFormat, type Format } from '../../shared/texts/format.ts'
import { formatText, localeOf, type TextKey, type TextValues } from '../../shared/texts/text.ts'
import { useWindow } from '../store/store.ts'

const FormatContext = createContext<Format>(createFormat('en', 'si'))

/** Gives everything below it the language and the units of the settings. */
export function TextProvider({ children }: { readonly children: ReactNode }) {
  const locale = useWindow(({ settings, product }) => localeOf(settings.language, product.locale))
  const units = useWindow(({ settings }) => settings.units)
  const format = useMemo(() => createFormat(locale, units), [locale, units])
  return <FormatContext value={format}>{children}</FormatContext>
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
