'use client'

import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import {
  ArrowDownloadRegular,
  ArrowUploadRegular,
  BracesRegular,
  CalendarRegular,
  DismissRegular,
  HomeRegular,
  KeyboardRegular,
  LinkRegular,
  NavigationRegular,
  PersonQuestionMarkRegular,
  SettingsRegular,
} from '@fluentui/react-icons'
import { usePathname } from 'next/navigation'
import type { ReactElement } from 'react'
import { apiBase } from '../lib/http.ts'
import { useDestinations, useSources } from '../lib/queries.ts'
import { stateOf } from '../lib/state.ts'
import { useCompactNav } from '../lib/theme.ts'
import { appName, nav, shortcuts } from '../texts.ts'
import { HealthLine } from './health-line.tsx'
import { NavButton, NavLink } from './nav-link.tsx'
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

interface Page {
  readonly href: string
  readonly word: string
  readonly icon: ReactElement
  readonly count?: number | undefined
}

interface SidebarProps {
  /** On wide screens: the burger folds the sidebar to its icons. */
  readonly collapsible?: boolean
  /** On narrow screens: called when the drawer has done its work. */
  readonly onDone?: () => void
  readonly onHelp: () => void
}

export function Sidebar({ collapsible = false, onDone, onHelp }: SidebarProps) {
  const styles = useStyles()
  const [compact, toggleCompact] = useCompactNav()
  const foldable = collapsible ? hiddenWhenCompact : undefined
  const pathname = usePathname()
  const sources = useSources()
  const destinations = useDestinations()
  const held = destinations.data?.filter((destination) => stateOf(destination, false) === 'held').length
  const pages: readonly Page[] = [
    { href: '/', word: nav.overview, icon: <HomeRegular /> },
    { href: '/sources', word: nav.sources, icon: <ArrowDownloadRegular />, count: sources.data?.length },
    { href: '/destinations', word: nav.destinations, icon: <ArrowUploadRegular />, count: destinations.data?.length },
    { href: '/links', word: nav.links, icon: <LinkRegular /> },
    { href: '/calendar', word: nav.calendar, icon: <CalendarRegular /> },
    { href: '/review', word: nav.review, icon: <PersonQuestionMarkRegular />, count: held === 0 ? undefined : held },
    { href: '/settings', word: nav.settings, icon: <SettingsRegular /> },
  ]

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
          {pages.map(({ href, word, icon, count }) => (
            <NavLink
              key={href}
              href={href}
              label={count === undefined ? word : `${word} (${count})`}
              icon={icon}
              active={pathname === href || (href !== '/' && pathname.startsWith(`${href}/`))}
              foldable={foldable}
              onClick={onDone}
            />
          ))}
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
        <NavButton
          label={shortcuts.title}
          icon={<KeyboardRegular />}
          foldable={foldable}
          onClick={() => {
            onDone?.()
            onHelp()
          }}
        />
        <ThemeSwitch foldable={collapsible} />
        <HealthLine foldable={foldable} />
      </div>
    </div>
  )
}
