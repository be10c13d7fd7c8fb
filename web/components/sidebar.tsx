'use client'

import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import {
  ArrowDownloadRegular,
  ArrowUploadRegular,
  BracesRegular,
  DismissRegular,
  NavigationRegular,
} from '@fluentui/react-icons'
import { usePathname } from 'next/navigation'
import { apiBase } from '../lib/http.ts'
import { useDestinations, useSources } from '../lib/queries.ts'
import { useCompactNav } from '../lib/theme.ts'
import { appName, nav } from '../texts.ts'
import { HealthLine } from './health-line.tsx'
import { NavLink } from './nav-link.tsx'
import { hiddenWhenCompact } from './nav-styles.ts'
import { ThemeSwitch } from './theme-switch.tsx'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    width: '100%',
    height: '100%',
    padding: tokens.spacingVerticalS,
    overflowX: 'hidden',
    overflowY: 'auto',
  },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minHeight: '40px' },
  title: {
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
  },
  foot: { marginTop: 'auto', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
})

interface SidebarProps {
  /** On wide screens: the burger folds the sidebar to its icons. */
  readonly collapsible?: boolean
  /** On narrow screens: called when the drawer has done its work. */
  readonly onDone?: () => void
}

export function Sidebar({ collapsible = false, onDone }: SidebarProps) {
  const styles = useStyles()
  const [compact, toggleCompact] = useCompactNav()
  const foldable = collapsible ? hiddenWhenCompact : undefined
  const pathname = usePathname()
  const sources = useSources()
  const destinations = useDestinations()
  const label = (word: string, list: readonly unknown[] | undefined) => (list ? `${word} (${list.length})` : word)

  return (
    <div className={styles.root}>
      <div className={styles.head}>
        {collapsible ? (
          <Button
            appearance="transparent"
            icon={<NavigationRegular />}
            aria-label={compact ? nav.expand : nav.collapse}
            aria-expanded={!compact}
            onClick={toggleCompact}
          />
        ) : (
          <Button appearance="transparent" icon={<DismissRegular />} aria-label={nav.closeMenu} onClick={onDone} />
        )}
        <span className={mergeClasses(styles.title, foldable)}>{appName}</span>
      </div>
      <nav aria-label={nav.label}>
        <ul className={styles.list}>
          <NavLink
            href="/"
            label={label(nav.sources, sources.data)}
            icon={<ArrowDownloadRegular />}
            active={pathname === '/'}
            foldable={foldable}
            onClick={onDone}
          />
          <NavLink
            href="/destinations"
            label={label(nav.destinations, destinations.data)}
            icon={<ArrowUploadRegular />}
            active={pathname === '/destinations'}
            foldable={foldable}
            onClick={onDone}
          />
          <NavLink
            href={`${apiBase}/api/openapi.json`}
            newTab
            label={nav.apiSpec}
            icon={<BracesRegular />}
            foldable={foldable}
            onClick={onDone}
          />
        </ul>
      </nav>
      <div className={styles.foot}>
        <ThemeSwitch foldable={collapsible} />
        <HealthLine foldable={foldable} />
      </div>
    </div>
  )
}
