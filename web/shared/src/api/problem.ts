// What the server says when it refuses (RFC 9457), and what is said where it cannot be heard at all.
import type { components } from './schema'

export type Problem = components['schemas']['Problem']
export type FieldProblem = components['schemas']['FieldProblem']
export type Language = 'zh' | 'en'

/** Thrown by every call that was refused or not answered. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }

  get code(): string {
    return this.problem.code
  }

  get status(): number {
    return this.problem.status
  }

  text(language: Language): string {
    return language === 'zh' ? this.problem.detail : this.problem.detail_en
  }

  /** What is wrong with one field, by its name in the interface. */
  field(name: string, language: Language): string | undefined {
    const found = this.problem.fields?.find((each) => each.field === name)
    if (!found) return undefined
    return language === 'zh' ? found.detail : found.detail_en
  }
}

function made(code: string, status: number, zh: string, en: string): ProblemError {
  return new ProblemError({
    type: `urn:tanfang:problem:${code}`,
    title: zh,
    status,
    code,
    detail: zh,
    detail_en: en,
    request: '',
  })
}

/** The connection failed before an answer came. */
export const unreachable = () =>
  made(
    'browser.unreachable',
    0,
    '连接不上服务器，填写的内容还在。请检查网络后重试',
    'the server cannot be reached; what was typed is kept. Check the network and try again',
  )

/** An answer that is not the server's own, such as a proxy's page. */
export const unexplained = (status: number) =>
  made(
    'browser.unexplained',
    status,
    `服务器没有正常回答（${status}）。请稍后重试`,
    `the server gave no proper answer (${status}); try again later`,
  )

export function asProblem(error: unknown): ProblemError {
  return error instanceof ProblemError
    ? error
    : made('browser.fault', 0, '页面出错，请刷新后重试', 'the page failed; reload it and try again')
}
