import { LinkPage } from '../../../components/link-page.tsx'

export default function Page() {
  return <LinkPage />
}
