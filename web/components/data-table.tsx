'use client'

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  head: {
    textAlign: 'start',
    padding: '0 12px 6px 0',
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightRegular,
    whiteSpace: 'nowrap',
    ':last-child': { paddingRight: 0 },
  },
  cell: {
    padding: '6px 12px 6px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    ':last-child': { paddingRight: 0 },
  },
  end: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  narrow: { '@media (max-width: 640px)': { display: 'none' } },
})

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Numbers stand at the end of their column. */
  readonly isNumber?: boolean
  /** Left out where there is no room. */
  readonly isExtra?: boolean
}

interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row, place: number) => string
}

/** A plain table, which scrolls inside itself. */
export function DataTable<Row>({ label, columns, rows, rowKey }: DataTableProps<Row>) {
  const styles = useStyles()
  const look = ({ isNumber = false, isExtra = false }: Column<Row>) =>
    mergeClasses(isNumber && styles.end, isExtra && styles.narrow)
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={mergeClasses(styles.head, look(column))}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={rowKey(row, place)}>
              {columns.map((column) => (
                <td key={column.title} className={mergeClasses(styles.cell, look(column))}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
