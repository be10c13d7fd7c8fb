'use client'

import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import { NavigationRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useLiveUpdates } from '../lib/live.ts'
import { MayBeOldProvider, useAge } from '../lib/may-be-old.ts'
import { usePageName } from '../lib/page-name.ts'
import { useDestinations, useSources } from '../lib/queries.ts'
import { stateOf } from '../lib/state.ts'
import { appName, nav, tabTitle } from '../texts.ts'
import { AlertRegion } from './alerts.tsx'
import { AttentionBar } from './attention-bar.tsx'
import { wide } from './breakpoints.ts'
import { ReconnectingBar } from './reconnecting-bar.tsx'
import { useShortcuts } from './shortcuts.tsx'
import { Sidebar } from './sidebar.tsx'

const loadDrawer = () => import('./nav-drawer.tsx')
const NavDrawer = dynamic(() => loadDrawer().then((module) => module.NavDrawer), { ssr: false })

const compact = ':global(:root[data-nav="compact"])'

const useStyles = makeStyles({
  skip: {
    position: 'absolute',
    left: tokens.spacingHorizontalL,
    top: '-100px',
    zIndex: 10,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    ':focus': { top: tokens.spacingVerticalS },
  },
  shell: { minHeight: '100dvh', [wide]: { display: 'flex' } },
  side: {
    display: 'none',
    [wide]: {
      display: 'block',
      position: 'sticky',
      top: 0,
      height: '100dvh',
      flex: '0 0 auto',
      width: '272px',
      [compact]: { width: '56px' },
    },
  },
  top: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    position: 'sticky',
    top: 0,
    zIndex: 2,
    padding: tokens.spacingVerticalXS,
    background: 'var(--appPage)',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [wide]: { display: 'none' },
  },
  title: { fontWeight: tokens.fontWeightSemibold },
  main: {
    minWidth: 0,
    flex: '1 1 auto',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXXL}`,
    outline: 'none',
    [wide]: { padding: '28px 36px 48px' },
  },
  content: { maxWidth: '1040px', marginInline: 'auto' },
})

/** What surrounds every page: navigation, alerts, keys, and the tab's title, which counts the items that failed. */
export function AppShell({ children }: { readonly children: ReactNode }) {
  const styles = useStyles()
  const focusComesBack = useRestoreFocusTarget()
  const [drawerOpen, setDrawerOpen] = useState(false)
  useLiveUpdates()
  const old = useAge()
  const shortcuts = useShortcuts()
  const pageName = usePageName(usePathname())
  const sources = useSources()
  const destinations = useDestinations()
  const items = [...(sources.data ?? []), ...(destinations.data ?? [])]
  const failures = items.filter((item) => stateOf(item, false) === 'error').length

  return (
    <MayBeOldProvider value={old}>
      <title>{tabTitle(failures, pageName)}</title>
      <a href="#content" className={styles.skip}>
        {nav.skipToContent}
      </a>
      <div className={styles.shell}>
        <aside className={styles.side}>
          <Sidebar collapsible onHelp={shortcuts.showHelp} />
        </aside>
        <header className={styles.top}>
          <Button
            {...focusComesBack}
            appearance="transparent"
            size="large"
            icon={<NavigationRegular />}
            aria-label={nav.openMenu}
            aria-expanded={drawerOpen}
            onPointerEnter={loadDrawer}
            onClick={() => setDrawerOpen(true)}
          />
          <span className={styles.title}>{appName}</span>
        </header>
        <NavDrawer open={drawerOpen} onClose={() => setDrawerOpen(false)} onHelp={shortcuts.showHelp} />
        <main id="content" tabIndex={-1} className={styles.main}>
          <div className={styles.content}>
            <ReconnectingBar />
            <AttentionBar />
            <AlertRegion />
            {children}
          </div>
        </main>
      </div>
      {shortcuts.shown}
    </MayBeOldProvider>
  )
}
