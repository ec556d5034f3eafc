import zh from '../words/zh.json'

/** Kinds of entries that an auditor looks for; one without words is shown by its own name. */
export const auditKinds = Object.keys(zh.auditKind)
