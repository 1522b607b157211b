namespace KernelSim.TraceAnalysis;

/// <summary>Similar rows of the ledger about neighbouring elements, folded into one line.</summary>
/// <param name="Rows">The rows, in order; at least one.</param>
public sealed record LedgerRun(IReadOnlyList<LedgerRow> Rows)
{
    /// <summary>The first row, which gives kind, stage and start addresses.</summary>
    public LedgerRow First => Rows[0];

    /// <summary>The last row.</summary>
    public LedgerRow Last => Rows[^1];

    /// <summary>Bytes copied by all rows together.</summary>
    public long Bytes => Rows.Sum(r => r.Bytes);

    /// <summary>Folds a ledger: neighbouring copies of one stage become one run, as do neighbouring checks that passed, and the two reports
    /// of one fault.</summary>
    public static IReadOnlyList<LedgerRun> Fold(IEnumerable<LedgerRow> ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        List<LedgerRun> runs = [];
        List<LedgerRow> open = [];
        foreach (LedgerRow row in ledger)
        {
            if (open.Count > 0 && !Continues(open[^1], row))
            {
                runs.Add(new LedgerRun(open));
                open = [];
            }

            open.Add(row);
        }

        if (open.Count > 0)
        {
            runs.Add(new LedgerRun(open));
        }

        return runs;
    }

    private static bool Continues(LedgerRow last, LedgerRow next) =>
        next.Kind == last.Kind && next.Kind switch
        {
            LedgerKind.Copy => next.Stage == last.Stage && (next.Element < 0) == (last.Element < 0),
            LedgerKind.Check => true,

            // The library reports the fault, then the kernel reports it as the end of the process.
            LedgerKind.Fault => (next.Source, next.Destination) == (last.Source, last.Destination),
            _ => false,
        };
}
