'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import type { places } from '../lib/shortcuts.ts'
import { nav, shortcuts as texts } from '../texts.ts'

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', marginBottom: tokens.spacingVerticalM },
  row: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  what: { padding: `${tokens.spacingVerticalS} 0`, fontWeight: tokens.fontWeightRegular, textAlign: 'start' },
  keys: { textAlign: 'end', whiteSpace: 'nowrap' },
  key: {
    display: 'inline-block',
    minWidth: '28px',
    marginLeft: '4px',
    padding: '2px 8px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomWidth: '2px',
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    textAlign: 'center',
  },
})

const words: Readonly<Record<keyof typeof places, string>> = {
  o: nav.overview,
  s: nav.sources,
  d: nav.destinations,
  l: nav.links,
  c: nav.calendar,
  r: nav.review,
  t: nav.settings,
}

const rows: readonly { readonly what: string; readonly keys: readonly string[] }[] = [
  { what: texts.search, keys: ['/'] },
  { what: texts.help, keys: ['?'] },
  ...Object.entries(words).map(([letter, word]) => ({ what: texts.go(word), keys: ['g', letter] })),
]

/** The single keys that do something. */
export function ShortcutTable() {
  const styles = useStyles()
  return (
    <table className={styles.table} aria-label={texts.title}>
      <tbody>
        {rows.map(({ what, keys }) => (
          <tr key={what} className={styles.row}>
            <th scope="row" className={styles.what}>
              {what}
            </th>
            <td className={styles.keys}>
              {keys.map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
