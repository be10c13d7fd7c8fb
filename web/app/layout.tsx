import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { AppShell } from '../components/app-shell.tsx'
import { Providers } from '../components/providers.tsx'
import { headScript } from '../lib/head-script.ts'
import { language } from '../texts.ts'
import './theme.css'
import './global.css'

export const metadata: Metadata = {
  description: 'Keeps CalDAV calendars and ICS feeds in step, both ways.',
  robots: { index: false },
  formatDetection: { telephone: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    // The head script sets attributes here before React takes the page over.
    <html lang={language} suppressHydrationWarning>
      <head>
        {/* A constant of our own, no input: it must run before the first paint, so it stands in the page itself. */}
        <script dangerouslySetInnerHTML={{ __html: headScript }} />
      </head>
      <body>
        <Providers>
          <AppShell>{children}</AppShell>
        </Providers>
      </body>
    </html>
  )
}
