// The import rules of the house (CONTRIBUTING.md, "Layout and import rules"). Type-only imports count.
const src = (names) => `^src/(${names})/`;
const nodeBuiltins = { dependencyTypes: ['core'] };
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule('no-circles', {}, { circular: true }),
    rule('no-unresolved', {}, { couldNotResolve: true, pathNot: '^vscode$' }),
    rule('core-stands-alone', { path: '^src/core/' }, { path: '^(src|webview)/', pathNot: '^src/core/' }),
    rule('core-no-io', { path: '^src/core/' }, { ...nodeBuiltins, pathNot: '^(node:)?crypto$' }),
    rule('core-text-for-pages', { path: '^src/core/text/' }, { path: '^src/core/', pathNot: '^src/core/(text/|errors\\.ts$)' }),
    rule('core-text-no-node', { path: '^src/core/text/' }, nodeBuiltins),
    rule('core-no-hosts', { path: '^src/core/' }, { path: ['^vscode$', 'node_modules/(axios|lowdb|vscode)/'] }),
    rule('sentiment-over-core', { path: src('sentiment') }, { path: '^(src|webview)/', pathNot: '^src/(core|sentiment)/' }),
    rule('training-over-sentiment', { path: src('training') }, { path: '^(src|webview)/', pathNot: '^src/(core|sentiment|training)/' }),
    rule('training-is-not-shipped', { path: '^(src|webview)/', pathNot: '^src/training/' }, { path: '^src/training/' }),
    rule('channels-over-core', { path: src('channels') }, { path: '^(src|webview)/', pathNot: '^src/(core|channels)/' }),
    rule('store-over-core', { path: src('store') }, { path: '^(src|webview)/', pathNot: '^src/(core|store)/' }),
    rule('desk-below-hosts', { path: src('desk') }, { path: '^(src/(extension|protocol|toolkit)|webview)/' }),
    rule('protocol-is-shared', { path: src('protocol') }, { path: '^(src|webview)/', pathNot: '^src/(protocol|core)/' }),
    rule('protocol-no-node', { path: src('protocol') }, nodeBuiltins),
    rule('toolkit-over-desk', { path: src('toolkit') }, { path: '^(src|webview)/', pathNot: '^src/(toolkit|desk|core)/' }),
    rule('extension-over-desk', { path: src('extension') }, { path: '^(src|webview)/', pathNot: '^src/(extension|desk|protocol|core)/' }),
    rule('extension-no-io-libraries', { path: src('extension') }, { path: 'node_modules/(axios|lowdb)/' }),
    rule('vscode-in-extension-only', { path: '^(src|webview)/', pathNot: '^src/extension/' }, { path: '^vscode$' }),
    rule('axios-in-http-only', { path: '^(src|webview)/', pathNot: '^src/channels/http\\.ts$' }, { path: 'node_modules/axios/' }),
    rule('lowdb-in-store-only', { path: '^(src|webview)/', pathNot: '^src/store/' }, { path: 'node_modules/lowdb/' }),
    rule('page-no-node', { path: '^webview/' }, nodeBuiltins),
    rule('page-over-protocol', { path: '^webview/' }, { path: '^src/', pathNot: '^src/(protocol/|core/text/|core/errors\\.ts$)', dependencyTypesNot: ['type-only'] }),
    rule('toolkit-ui-in-one-file', { path: '^(src|webview)/', pathNot: '^webview/ui/toolkit\\.ts$' }, { path: 'node_modules/@vscode/webview-ui-toolkit/' }),
    rule('page-host-in-one-room', { path: '^webview/' }, { path: '^src/(desk|channels|store|sentiment|toolkit|extension)/' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.json', '.d.ts'] },
  },
};
