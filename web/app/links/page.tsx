import { LinksPage } from '../../components/links-page.tsx'

export default function Page() {
  return <LinksPage />
}
