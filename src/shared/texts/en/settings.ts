/** The settings dialog. */
export const settings = {
  'settings.title': 'Settings',
  'settings.theme': 'Appearance',
  'settings.theme.system': 'As the system',
  'settings.theme.light': 'Light',
  'settings.theme.dark': 'Dark',
  'settings.language': 'Language',
  'settings.language.system': 'As the system',
  'settings.units': 'Sizes',
  'settings.units.si': 'kB, MB, GB (1000 bytes a step)',
  'settings.units.iec': 'KiB, MiB, GiB (1024 bytes a step)',
  'settings.create': 'New archives',
  'settings.extract': 'Extracting',
} as const
