import { writeFileSync } from 'node:fs';

// Loaded before the bundle: leaves the most memory that its process had, in KiB, behind.
process.on('exit', () => {
  writeFileSync(process.env['MAX_RSS_FILE'] ?? '', String(process.resourceUsage().maxRSS));
});
