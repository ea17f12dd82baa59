// Makes a Markdown table of what the memory tests print, for the summary of a run: node .github/memory-report.js < memory.log
const line = /^(?:.*\[OUTPUT\] )?(?<work>.+): base (?<base>[\d.]+) MiB, peak (?<peak>[\d.]+) MiB, delta (?<delta>[\d.]+) MiB$/;

const rows = require('node:fs').readFileSync(0, 'utf8')
  .split(/\r?\n/)
  .map(text => text.match(line)?.groups)
  .filter(row => row)
  .map(({ work, base, peak, delta }) => `| ${work} | ${base} | ${peak} | ${delta} |`);

if (rows.length === 0) {
  console.error('No reading was printed: was -showLiveOutput given?');
  process.exit(1);
}

console.log(`### Resident memory (REQ-CORE-001)

100 MB may move the peak by less than 5 MB, 4.8 MiB, whether first or warm; the tests assert it. A sink that keeps the body shows that the
measure would notice.

| | base, MiB | peak, MiB | delta, MiB |
| --- | ---: | ---: | ---: |
${rows.sort().join('\n')}`);
