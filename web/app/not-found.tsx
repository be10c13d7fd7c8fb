import { PlainMessage } from '../components/plain-message.tsx'
import { failure } from '../texts.ts'

export default function NotFound() {
  return (
    <PlainMessage title={failure.notFoundTitle} text={failure.notFound} link={{ href: '/', label: failure.goHome }} />
  )
}
