/** What is shown only when it lasts: a loading sign that flashes by is worse than none. */
import { useEffect, useState } from 'react'

const SHOWN_AFTER_MILLISECONDS = 150

/** `value` once it has been the same for 150 ms; undefined at once when it is undefined. */
export function useDelayed<Value>(value: Value | undefined): Value | undefined {
  const [shown, setShown] = useState<Value>()
  useEffect(() => {
    if (value === undefined) return setShown(undefined)
    const timer = setTimeout(() => setShown(value), SHOWN_AFTER_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [value])
  return value === undefined ? undefined : shown
}
