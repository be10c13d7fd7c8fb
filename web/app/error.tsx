'use client'

import { PlainMessage } from '../components/plain-message.tsx'
import { failure } from '../texts.ts'

export default function PageError() {
  return (
    <PlainMessage
      title={failure.pageTitle}
      text={failure.page}
      action={{ label: failure.reload, onClick: () => window.location.reload() }}
    />
  )
}
