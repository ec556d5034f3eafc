// The pages of the left side, each with what one must be granted to see it.
export interface Place {
  name: string
  icon: string
  permissions?: string[]
}

export const places: Place[] = [
  { name: 'today', icon: 'M4 11 12 4l8 7v9h-5v-6H9v6H4z' },
  {
    name: 'people',
    icon: 'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21c0-4 3-7 7-7s7 3 7 7M16 3.5a4 4 0 0 1 0 7.3M18 14.5c2.5.8 4 3.2 4 6.5',
    permissions: ['search'],
  },
  {
    name: 'canvass',
    icon: 'M5 21V4h9v17M3 21h18M14 8h5v13M11 12.5v1M8 8h3',
    permissions: ['coverage_read'],
  },
  { name: 'visits', icon: 'M5 3h14v18H5zM9 8h6M9 12h6M9 16h3', permissions: ['visits_read'] },
  { name: 'scans', icon: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M3 12h18', permissions: ['visits_correct'] },
  { name: 'plan', icon: 'M4 5h16v16H4zM4 10h16M8 3v4M16 3v4M8 14h3M13 14h3M8 17h3', permissions: ['plan_read'] },
  { name: 'import', icon: 'M12 3v12M7 10l5 5 5-5M4 21h16', permissions: ['ledger_import', 'department_list_import'] },
  { name: 'reports', icon: 'M5 3h10l4 4v14H5zM9 17v-4M12 17V9M15 17v-6', permissions: ['coverage_read'] },
  { name: 'export', icon: 'M12 15V3M7 8l5-5 5 5M4 21h16', permissions: ['search'] },
  { name: 'schemes', icon: 'M4 4h7v17H4zM13 4h7v17h-7zM6.5 8h2M15.5 8h2', permissions: ['schemes_read'] },
  {
    name: 'accounts',
    icon: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5',
    permissions: ['accounts_read'],
  },
  { name: 'audit', icon: 'M12 3 4 6v6c0 5 3.5 8 8 9 4.5-1 8-4 8-9V6zM9 12l2 2 4-4', permissions: ['audit_read'] },
]
