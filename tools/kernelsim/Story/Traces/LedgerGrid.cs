using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.Tool.Story.Traces;

/// <summary>
/// The boundary ledger of one call as a table: runs of copies and of passed checks take a line each, and so does a request that only queries
/// the map's definition. Checks of the buffers that the story is about keep a line of their own.
/// </summary>
internal static class LedgerGrid
{
    private const string BufferChecks = ".values_size";
    private const string Batch = "_batch";
    private const string NextKey = "_next_key";

    private static readonly string s_query = OperationTable.Find(EbpfOperationId.GetObjectInfo)!.Name;

    private static readonly GridColumn[] s_columns =
    [
        new("event", IsNumber: true), new("stage"), new("what"), new("bytes", IsNumber: true), new("from"), new("to"),
    ];

    /// <summary>The table of one call.</summary>
    /// <param name="request">The call's request.</param>
    /// <param name="processId">Who made it.</param>
    /// <param name="isNarrow">Whether the two addresses of a copy stand below each other instead of beside.</param>
    public static StoryBlock Of(RequestView request, int processId, bool isNarrow)
    {
        List<Run[][]> rows = [];
        List<LedgerRow> open = [];
        bool asking = false;
        string function = request.Start?.Function ?? string.Empty;
        foreach (LedgerRow row in request.Ledger)
        {
            if (row.Kind == LedgerKind.Crossing && IsQuery(row.Stage))
            {
                Close(rows, open, function);
                asking = true;
            }

            if (asking || !IsBufferCheck(row))
            {
                open.Add(row);
            }
            else
            {
                Close(rows, open, function);
                rows.Add(Row(new LedgerRun([row]), function));
            }

            if (asking && row.Kind == LedgerKind.Return)
            {
                rows.Add(Question(open));
                open.Clear();
                asking = false;
            }
        }

        Close(rows, open, function);
        GridBlock grid = new($"ledger of request {request.Id} of process {processId}, read back from the trace", s_columns, rows);
        return (isNarrow ? WithOneColumnOfAddresses(grid) : grid).WithoutEmptyColumns();
    }

    /// <summary>Whether an operation only asks for the map's definition, and moves no element.</summary>
    public static bool IsQuery(string operation) => operation == s_query;

    private static GridBlock WithOneColumnOfAddresses(GridBlock grid) => new(
        grid.Caption,
        [.. grid.Columns.SkipLast(2), new GridColumn("from → to")],
        [
            .. grid.Rows.Select(r => (IReadOnlyList<Run[]>)
            [
                .. r.SkipLast(2),
                r[^1] is [{ Text.Length: > 0 }, ..] ? [.. r[^2], " → ", .. r[^1]] : r[^2],
            ]),
        ]);

    private static bool IsBufferCheck(LedgerRow row) =>
        row.Kind == LedgerKind.Check && row.Stage.EndsWith(BufferChecks, StringComparison.Ordinal);

    private static void Close(List<Run[][]> rows, List<LedgerRow> open, string function)
    {
        rows.AddRange(LedgerRun.Fold(open).Select(run => Row(run, function)));
        open.Clear();
    }

    private static Run[][] Question(List<LedgerRow> rows)
    {
        LedgerRow[] copies = [.. rows.Where(r => r.Kind == LedgerKind.Copy)];
        string status = rows[^1].Event is IoctlStopEvent stop ? stop.Status : string.Empty;
        string text = $"{rows[0].Stage}: {Words.Of(rows.Count(r => r.Kind == LedgerKind.Check), "check")}, "
            + $"{copies.Length} copies of {copies.Sum(c => c.Bytes)} bytes, {status}";
        return [[Position(rows[0])], [Run.Dim("ioctl")], [Run.Dim(text)], [], [], []];
    }

    private static Run[][] Row(LedgerRun run, string function)
    {
        LedgerRow first = run.First;
        return first.Event switch
        {
            CopyEvent copy =>
            [
                [Position(first)], [new Run(copy.Stage, Tone.Code)], [Moved(run, copy, function)], [Words.N(run.Bytes)],
                [Address(first.Source)], [Address(first.Destination)],
            ],
            SizeCheckEvent check => [[Position(first)], [Passed(check) ? "check" : Run.Bad("check")], [Compared(run, check)], [], [], []],
            AccessViolationEvent fault =>
            [
                [Position(first)], [Run.Bad("fault")], [Run.Bad(fault.IsWrite ? "write" : "read")], [Run.Bad(Words.N(fault.Length))],
                [Run.Bad(Address(first.Source))], [Run.Bad(Address(first.Destination))],
            ],
            IoctlStartEvent start => [[Position(first)], ["ioctl →"], [start.Operation], [Words.N(start.InputLength)], [], []],
            IoctlStopEvent stop => [[Position(first)], ["ioctl ←"], [stop.Status], [Words.N(stop.Information)], [], []],
            _ => [[Position(first)], [first.Stage], [], [], [], []],
        };
    }

    private static Run Position(LedgerRow row) => Run.Dim(Words.N(row.Event.Position));

    private static bool Passed(SizeCheckEvent check) => check.Passed;

    private static Run Compared(LedgerRun run, SizeCheckEvent check) =>
        !check.Passed ? Run.Bad($"{check.Check}: {check.Describe(n => Words.N(n))}")
        : IsBufferCheck(run.First) ? Run.Good($"{check.Check}: {check.Describe(n => Words.N(n))}")
        : run.Rows.Count == 1 ? Run.Dim($"{check.Check} passes")
        : Run.Dim($"{run.Rows.Count} checks pass, {check.Check} to {run.Last.Stage}");

    /// <summary>
    /// In a batch the library copies key and value of each element in turn; a single call has one of each, which come alone. The map store copies
    /// values.
    /// </summary>
    private static string Moved(LedgerRun run, CopyEvent copy, string function)
    {
        int elements = run.Rows.Select(r => r.Element).Distinct().Count();
        int values = copy.Stage is CopyStage.Marshal or CopyStage.Unmarshal ? run.Rows.Count - elements : run.Rows.Count;
        return copy.Element < 0 ? "whole message"
            : values == 0 && !function.EndsWith(Batch, StringComparison.Ordinal) ? Alone(copy, function)
            : values == run.Rows.Count ? Words.Of(values, "value")
            : $"{Words.Of(elements, "key")}, {Words.Of(values, "value")}";
    }

    private static string Alone(CopyEvent copy, string function) =>
        copy.Stage == CopyStage.Marshal || function.EndsWith(NextKey, StringComparison.Ordinal) ? Words.Of(1, "key") : Words.Of(1, "value");

    private static string Address(ulong address) => address == 0 ? string.Empty : Words.Hex(address);
}
