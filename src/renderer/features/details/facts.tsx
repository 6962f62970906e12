/** A list of what is known: names on the left, values on the right; what isn't known is left out. */
import styles from './details.module.css'

export type Fact = readonly [name: string, value: string | undefined]

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) =>
        value === undefined || value === '' ? null : (
          <div key={name} className={styles['fact']}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
