'use client'

import { makeStyles, SearchBox, Select, tokens } from '@fluentui/react-components'
import { type Arrangement, filters, orders } from '../lib/arrange.ts'
import type { Kind } from '../lib/types.ts'
import { list as texts } from '../texts.ts'
import { wide } from './breakpoints.ts'

/** Where the `/` key goes. */
export const searchId = 'search'

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalM,
    '& > *': { flex: '1 1 140px', minWidth: 0 },
  },
  // On a phone a line of its own, with the two choices beside each other below it.
  search: { '&&': { flex: '1 1 100%', maxWidth: 'none', [wide]: { flex: '3 1 220px' } } },
})

interface ListToolsProps {
  readonly kind: Kind
  readonly arrangement: Arrangement
  readonly onChange: (arrangement: Arrangement) => void
}

/** Search, filter and order of a list. */
export function ListTools({ kind, arrangement, onChange }: ListToolsProps) {
  const styles = useStyles()
  const pick = <Value extends string>(values: readonly Value[], given: string) =>
    values.find((value) => value === given) ?? values[0]
  return (
    <search className={styles.tools}>
      <SearchBox
        id={searchId}
        className={styles.search ?? ''}
        aria-label={texts.search[kind]}
        placeholder={texts.search[kind]}
        value={arrangement.search}
        onChange={(_, data) => onChange({ ...arrangement, search: data.value })}
      />
      <Select
        aria-label={texts.filter}
        value={arrangement.filter}
        onChange={(_, data) => onChange({ ...arrangement, filter: pick(filters, data.value) ?? 'all' })}
      >
        {filters.map((filter) => (
          <option key={filter} value={filter}>
            {texts.filters[filter]}
          </option>
        ))}
      </Select>
      <Select
        aria-label={texts.order}
        value={arrangement.order}
        onChange={(_, data) => onChange({ ...arrangement, order: pick(orders, data.value) ?? 'added' })}
      >
        {orders.map((order) => (
          <option key={order} value={order}>
            {texts.orders[order]}
          </option>
        ))}
      </Select>
    </search>
  )
}
