// Icons as in base/icon-shapes.ts, of the office and of the last steps: fetched when one of them is drawn.
export const RARE_ICON_SHAPES = {
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c.5-3.4 2.8-5 6-5s5.5 1.6 6 5',
  forward: 'M7.5 4.5L13 10l-5.5 5.5',
  bell: 'M5 14h10l-1.3-2V8.5a3.7 3.7 0 0 0-7.4 0V12zM8.5 16.5h3',
  share: 'M10 12V3M6.5 6L10 2.8 13.5 6M5.5 9H4.5v7.5h11V9h-1',
  print: 'M6 7V3.5h8V7M6 13.5H3.5V7h13v6.5H14M6 11.5h8v5H6z',
  download: 'M10 3v9M6.5 9l3.5 3.3L13.5 9M4 16.5h12',
  qr: 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h2v2h-2zM16.5 11.5v.1M14 16.5h2.5V14M11.5 16.5v-.1',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  calendar: 'M4 5h12v11.5H4zM4 8.7h12M7 3v3M13 3v3',
  settings: 'M3.5 6h5M12.5 6h4M3.5 14h8M15.5 14h1M10.5 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM13.5 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  eye: 'M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  'eye-off':
    'M3 3l14 14M8 5.3A7 7 0 0 1 10 5c4.8 0 7.5 5 7.5 5a13 13 0 0 1-2.2 2.8M12.8 14.4A7 7 0 0 1 10 15c-4.8 0-7.5-5-7.5-5a12.6 12.6 0 0 1 3-3.5M8.5 8.5a2.2 2.2 0 0 0 3 3',
  scales: 'M10 3v13.5M6.5 16.5h7M4 5.5h12M4 5.5L1.8 11h4.4zM16 5.5L13.8 11h4.4zM1.8 11a2.2 2.2 0 0 0 4.4 0M13.8 11a2.2 2.2 0 0 0 4.4 0',
  copy: 'M7.5 7.5h8v9h-8zM12.5 7.5v-4h-8v9h3',
  note: 'M5 3.5h7l3.5 3.5v9.5H5zM8 9.5h4.5M8 12.5h4.5',
  file: 'M5 3.5h6.5L15.5 7.5v9H5zM11.3 3.7v4h4',
  trash: 'M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.7 11h8.6l.7-11M8.3 8.7v4.8M11.7 8.7v4.8',
  'check-circle': 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7 10.2l2.2 2.2L13.2 8',
  leave: 'M11.5 3.5h-7v13h7M8.5 10H17M14 6.8l3.2 3.2-3.2 3.2',
} as const
