'use client'

import { makeStyles, SearchBox, Select, tokens } from '@fluentui/react-components'
import { useId, useState } from 'react'
import { allOperations, filterOperations, type OperationFilter } from '../lib/operation-filter.ts'
import type { Operation } from '../lib/types.ts'
import { operation as operationTexts, runPage as texts } from '../texts.ts'
import { OperationList } from './operation-list.tsx'

/** Fewer than this are looked through by eye. */
const fewEnough = 6

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    '& > *': { flex: '1 1 180px', minWidth: 0 },
  },
  search: { flex: '3 1 220px', maxWidth: 'none' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

const kinds = ['create', 'update', 'delete'] as const

/** What a run does to each event, with a search and filters where there is more than one sees at once. */
export function FilteredOperations({ operations }: { readonly operations: readonly Operation[] }) {
  const styles = useStyles()
  const searchId = useId()
  const [filter, setFilter] = useState<OperationFilter>(allOperations)
  if (operations.length < fewEnough) return <OperationList operations={operations} />

  const shown = filterOperations(operations, filter)
  const results = [...new Set(operations.flatMap(({ result }) => (result === null ? [] : [result])))]
  return (
    <div className={styles.root}>
      <search className={styles.tools}>
        <SearchBox
          id={searchId}
          className={styles.search ?? ''}
          aria-label={texts.search}
          placeholder={texts.search}
          value={filter.search}
          onChange={(_, data) => setFilter({ ...filter, search: data.value })}
        />
        <Select
          aria-label={texts.kind}
          value={filter.kind ?? ''}
          onChange={(_, { value }) => setFilter({ ...filter, kind: kinds.find((kind) => kind === value) ?? null })}
        >
          <option value="">{texts.allKinds}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {texts.kinds[kind]}
            </option>
          ))}
        </Select>
        {results.length > 1 && (
          <Select
            aria-label={texts.result}
            value={filter.result ?? ''}
            onChange={(_, { value }) =>
              setFilter({ ...filter, result: results.find((result) => result === value) ?? null })
            }
          >
            <option value="">{texts.allResults}</option>
            {results.map((result) => (
              <option key={result} value={result}>
                {operationTexts.result[result]}
              </option>
            ))}
          </Select>
        )}
      </search>
      <p role="status" className={styles.quiet}>
        {shown.length === 0 ? texts.nothingFound : texts.operationsOf(shown.length, operations.length)}
      </p>
      <OperationList operations={shown} />
    </div>
  )
}
