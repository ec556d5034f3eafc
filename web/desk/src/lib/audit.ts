// Entries of the trail in words.
import { listed } from '@tanfang/shared/marks'
import zh from '../words/zh.json'
import { i18n } from './language'

/** Kinds of entries that an auditor looks for; one without words is shown by its own name. */
export const auditKinds = Object.keys(zh.auditKind)

const { t, te } = i18n.global
const language = () => (i18n.global.locale.value === 'en' ? 'en' : 'zh')
const wordOf = (key: string, code: string) => (te(key) ? t(key) : code)

export const kindName = (code = '') => wordOf(`auditKind.${code}`, code)

/** Which words the values of a detail are among. */
const words: Record<string, (code: string) => string> = {
  fields: (code) => `reveal.${code}`,
  role: (code) => `role.${code}`,
  kind: (code) => `ledgerKind.${code}`,
  with: (code) => `auditWith.${code}`,
}

const detailName = (name: string) => (te(`auditDetail.${name}`) ? t(`auditDetail.${name}`) : `${name}:`)
function detailValue(name: string, value: unknown): string {
  const keyOf = words[name]
  if (keyOf && Array.isArray(value))
    return listed(
      value.map((each) => wordOf(keyOf(String(each)), String(each))),
      language(),
    )
  if (keyOf && typeof value === 'string') return wordOf(keyOf(value), value)
  // Of a digest its beginning is enough to compare by.
  return (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\b([0-9a-f]{8})[0-9a-f]{56}\b/g, '$1…')
}
export const detailText = (details: unknown) =>
  Object.entries((details ?? {}) as Record<string, unknown>)
    .map(([name, value]) => `${detailName(name)} ${detailValue(name, value)}`)
    .join(t('comma'))
