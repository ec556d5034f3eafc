// The manual: chapters of a small text, each for a page; read when it is opened, never before.
export interface Section {
  title: string
  /** Only for this role; '' for everybody. */
  role: string
  blocks: Block[]
}
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'picture'; name: string; caption: string }
export interface Chapter {
  id: string
  title: string
  sections: Section[]
}

/** Chapters in their order; each with what one must be granted to need it. */
export const chapters: Record<string, string[] | undefined> = {
  start: undefined,
  today: ['coverage_read'],
  figures: ['coverage_read'],
  people: ['search'],
  person: ['people_read'],
  canvass: ['coverage_read'],
  visits: ['visits_read'],
  work: ['work_lists_read'],
  plan: ['plan_read'],
  import: ['ledger_import', 'department_list_import'],
  reports: ['coverage_read'],
  export: ['search'],
  schemes: ['schemes_read'],
  accounts: ['accounts_read'],
  audit: ['audit_read'],
  me: undefined,
  trouble: undefined,
}

/** The chapter of each page, by the name of its route. */
const pages: Record<string, string> = {
  today: 'today',
  shapes: 'today',
  work: 'work',
  people: 'people',
  'new-person': 'people',
  person: 'person',
  canvass: 'canvass',
  visits: 'visits',
  'enter-visits': 'visits',
  'record-visit': 'visits',
  'correct-visit': 'visits',
  'compare-visits': 'visits',
  visit: 'visits',
  scans: 'visits',
  'scan-page': 'visits',
  import: 'import',
  reports: 'reports',
  export: 'export',
  accounts: 'accounts',
  account: 'accounts',
  audit: 'audit',
  plan: 'plan',
  schemes: 'schemes',
  scheme: 'schemes',
  'scheme-drafts': 'schemes',
  'scheme-draft': 'schemes',
  me: 'me',
  missing: 'trouble',
  help: 'start',
}
export const chapterOf = (page: string): string | undefined => pages[page]

function blocksOf(text: string): Block[] {
  const parts = text.split(/\n\n+/).map((part) => part.trim())
  return parts.filter(Boolean).map((part): Block => {
    const picture = /^!\[([\w-]+)\]\((.*)\)$/.exec(part)
    if (picture) return { kind: 'picture', name: picture[1] as string, caption: picture[2] as string }
    if (part.startsWith('- ')) return { kind: 'list', items: part.split('\n').map((line) => line.slice(2)) }
    return { kind: 'text', text: part }
  })
}

function sectionOf(source: string): Section {
  const [head = '', ...rest] = source.split('\n')
  const [, role = '', title = ''] = /^(?:\[(\w+)\] )?(.*)$/.exec(head) ?? []
  return { title, role, blocks: blocksOf(rest.join('\n')) }
}

/** `# id title` begins a chapter, `## [role] title` a section; the first section of a chapter has no title. */
export function parseManual(source: string): Chapter[] {
  return `\n${source}`
    .split('\n# ')
    .slice(1)
    .map((text) => {
      const [head = '', ...rest] = text.split('\n')
      const [first = '', ...others] = rest.join('\n').split('\n## ')
      const gap = head.indexOf(' ')
      const sections = [{ title: '', role: '', blocks: blocksOf(first) }, ...others.map(sectionOf)]
      return { id: head.slice(0, gap), title: head.slice(gap + 1), sections }
    })
}

export const textOf = (block: Block): string =>
  block.kind === 'list' ? block.items.join('\n') : block.kind === 'text' ? block.text : block.caption

/** Sections in which every word occurs, with their chapters. */
export function seek(manual: Chapter[], words: string): { chapter: Chapter; section: Section; at: number }[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return manual.flatMap((chapter) =>
    chapter.sections
      .map((section, at) => ({ chapter, section, at }))
      .filter(({ section }) => {
        const text = [chapter.title, section.title, ...section.blocks.map(textOf)].join('\n').toLowerCase()
        return wanted.every((word) => text.includes(word))
      }),
  )
}

export async function loadManual(language: 'zh' | 'en'): Promise<Chapter[]> {
  const source = language === 'zh' ? await import('../help/zh.md?raw') : await import('../help/en.md?raw')
  return parseManual(source.default)
}
