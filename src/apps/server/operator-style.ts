/** The operator's page in light and in dark. */
export const OPERATOR_STYLE = `
:root{color-scheme:light dark;--line:#8883;--soft:#8882;--bad:#c33;--good:#2a7;--busy:#38c}
body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}
.cards{display:flex;gap:1rem;flex-wrap:wrap}
.card{flex:1;min-width:10rem;padding:1rem;border:1px solid var(--line);border-radius:.5rem}
.card b{font-size:1.8rem;margin-right:.3rem}.card small{display:block;opacity:.7}.card.bad b{color:var(--bad)}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th{font-weight:600;opacity:.75}.number{text-align:right;font-variant-numeric:tabular-nums}.wide{width:60%}
code{overflow-wrap:anywhere}meter{width:100%}form{margin:0}button{font:inherit;padding:.15rem .7rem}
.state{padding:.05rem .5rem;border-radius:1rem;background:var(--soft)}
.state.reviewed{color:var(--good)}.state.running{color:var(--busy)}.state.failed,.state.cut-off,.state.misconfigured{color:var(--bad)}
`;
