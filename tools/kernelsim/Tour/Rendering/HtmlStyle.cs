namespace KernelSim.Tool.Tour.Rendering;

/// <summary>The style sheet of the page: light and dark, as the reader's system asks.</summary>
internal static class HtmlStyle
{
    /// <summary>The sheet.</summary>
    public const string Sheet = """
        :root { color-scheme: light dark;
          --paper: #fbfaf7; --ink: #22252a; --dim: #6b7280; --line: #dcd9d0; --card: #ffffff;
          --good: #1a7f4b; --bad: #c0262d; --code: #1c5d99;
          --key: #f0dc9a; --value: #a9cdee; --padding: #cfcfcf; --neighbour: #dcb6e2; --guard: #b5b5b5; --right: #b4dcb9; --wrong: #c0262d;
          --cell: #22252a; }
        @media (prefers-color-scheme: dark) { :root {
          --paper: #16181c; --ink: #e4e3df; --dim: #9097a3; --line: #33373f; --card: #1d2026;
          --good: #6fd09b; --bad: #ff7b7b; --code: #8ec5f2;
          --key: #d9c06a; --value: #7fb2de; --padding: #8b8f96; --neighbour: #c493cd; --guard: #5c6169; --right: #86c08f; --wrong: #b3232a;
          --cell: #14161a; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { margin: 0 0 .25rem; font-size: 2rem; letter-spacing: -.01em; }
        header { margin-bottom: 1.5rem; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem 1.4rem 1.4rem; margin: 1.25rem 0; }
        h2 { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; margin: 0 0 .5rem; font-size: 1.25rem; }
        h2 small { color: var(--dim); font-weight: 400; }
        h3 { margin: 1.6rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); font: 600 .95rem/1.5 ui-monospace, monospace; }
        p { margin: .5rem 0; max-width: 46rem; }
        .labelled { display: grid; grid-template-columns: 7.5rem 1fr; max-width: 54rem; }
        figure { margin: 1rem 0; }
        figcaption { color: var(--dim); font-size: .9rem; margin-bottom: .35rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font: .85rem/1.5 ui-monospace, monospace; }
        th { text-align: left; font-weight: 400; color: var(--dim); border-bottom: 1px solid var(--line); }
        th, td { padding: .12rem 1.1rem .12rem 0; white-space: pre; }
        .number { text-align: right; }
        .path { list-style: none; margin: 0; padding: 0; font: .85rem/1.6 ui-monospace, monospace; }
        .path b { display: inline-block; min-width: 8.5rem; font-weight: 400; color: var(--dim); }
        .strip { display: grid; grid-template-columns: max-content 1fr; gap: .3rem .8rem; font: .75rem/1.4 ui-monospace, monospace; }
        .lane { display: flex; min-width: 0; }
        .lane i { font-style: normal; color: var(--cell); border-left: 1px solid var(--card); padding: .3rem .3rem; min-width: 0;
          overflow: hidden; white-space: nowrap; }
        .lane .plain { background: none; color: var(--dim); }
        .lane .key { background: var(--key); } .lane .value { background: var(--value); } .lane .padding { background: var(--padding); }
        .lane .neighbour { background: var(--neighbour); } .lane .guard { background: var(--guard); color: var(--ink); }
        .lane .bad { background: var(--wrong); color: #fff; font-weight: 400; } .lane .good { background: var(--right); color: var(--cell); font-weight: 400; }
        .dim { color: var(--dim); } .strong { font-weight: 600; } .good { color: var(--good); font-weight: 600; }
        .bad { color: var(--bad); font-weight: 600; } p .code, h3 .code { font-family: ui-monospace, monospace; font-size: .92em; color: var(--code); }
        @media (max-width: 40rem) { .labelled { grid-template-columns: 1fr; } }

        """;
}
