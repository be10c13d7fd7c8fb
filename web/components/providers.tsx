'use client'

import {
  createDOMRenderer,
  FluentProvider,
  RendererProvider,
  renderToStyleElements,
  SSRProvider,
} from '@fluentui/react-components'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useServerInsertedHTML } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { AlertsProvider } from './alerts.tsx'

/** Constant and empty: the tokens stand on `:root` in theme.css, so a change of theme renders nothing anew. */
const noTokens = {}

export function Providers({ children }: { readonly children: ReactNode }) {
  const [renderer] = useState(() => createDOMRenderer())
  const [client] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { networkMode: 'always' }, mutations: { networkMode: 'always' } } }),
  )
  const [written] = useState({ styles: false })

  // At build time the styles of what was rendered go into the exported page, once: it is right without JavaScript.
  useServerInsertedHTML(() => {
    if (written.styles) return null
    written.styles = true
    return <>{renderToStyleElements(renderer)}</>
  })

  return (
    <RendererProvider renderer={renderer}>
      <SSRProvider>
        <FluentProvider theme={noTokens} style={{ background: 'none' }}>
          <QueryClientProvider client={client}>
            <AlertsProvider>{children}</AlertsProvider>
          </QueryClientProvider>
        </FluentProvider>
      </SSRProvider>
    </RendererProvider>
  )
}
