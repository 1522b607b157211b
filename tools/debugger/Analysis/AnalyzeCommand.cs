using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Ebpf;
using KernelSim.Debugger.Nt;
using KernelSim.Debugger.Output;
using KernelSim.Nt.Ke;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Debugger.Analysis;

/// <summary><c>!analyze</c>: why the machine stopped, hangs or refuses.</summary>
internal sealed class AnalyzeCommand(IMachineAccess machines, IMemoryAccess memory, ITraceAccess trace, IrpRows irps) : IDebuggerCommand
{
    private const string Verbose = "-v";
    private const int MostRefusals = 5;

    public string Name => "!analyze";

    public string Arguments => "[-v]";

    public string Summary => "Says why the machine stopped, hangs or refuses, and what to do about it.";

    public IReadOnlyList<string> Details =>
    [
        "The first that applies: a bugcheck, a request that a thread is stuck on, the latest fault of a process or refusal, any other pending "
            + "request, a request that runs in a driver. The others are listed after it.",
        "The option -v adds the witnesses of the size of a value, the pending requests, the last refusals and the threads in the kernel.",
        "The flight recorder is enough for it. With --trace FILE it has also what the user library refused, and all three witnesses.",
    ];

    public void Run(CommandCall call)
    {
        bool isVerbose = call.Arguments.Peek() == Verbose && call.Arguments.Word() is not null;
        call.Arguments.End();
        Evidence evidence = new(call, machines, memory, trace);
        IReadOnlyList<Verdict> found = Diagnoses.Of(evidence);
        Verdict verdict = found[0];
        Add(call.Result, verdict);
        AddOthers(call.Result, found.Skip(1));
        if (isVerbose)
        {
            AddWitnesses(call.Result, verdict);
            irps.Add(call, "pending_requests", evidence.Processes, r => r.IsPending);
            FlightRows.Add(call, "last_refusals", evidence.Records.Where(r => r.Kind == FlightKind.Refusal).TakeLast(MostRefusals));
            ThreadRows.Add(call, evidence.Machine, "threads", t => t.IsInKernel);
        }
    }

    private static void Add(CommandResult result, Verdict verdict)
    {
        result.Member(new("cause", ColumnKind.Text), verdict.Cause);
        result.Member(new("summary", ColumnKind.Text), verdict.Summary);
        result.Member(new("request", ColumnKind.Number), verdict.Request);
        AddKnown(result, "check", ColumnKind.Text, verdict.Check?.Id);
        AddKnown(result, "given", ColumnKind.Number, verdict.Given);
        AddKnown(result, "expected", ColumnKind.Number, verdict.Expected);
        AddKnown(result, "bugcheck", ColumnKind.Text, verdict.Bugcheck);
        AddKnown(result, "fix", ColumnKind.Text, verdict.Fix);
        AddKnown(result, "next", ColumnKind.Texts, verdict.Next.Count > 0 ? verdict.Next : null);
    }

    private static void AddKnown(CommandResult result, string name, ColumnKind kind, object? value)
    {
        if (value is not null)
        {
            result.Member(new(name, kind), value);
        }
    }

    private static void AddOthers(CommandResult result, IEnumerable<Verdict> others)
    {
        if (!others.Any())
        {
            return;
        }

        ResultTable table = result.NamedTable(
            "also", new("cause", ColumnKind.Text), new("request", ColumnKind.Number), new("summary", ColumnKind.Text));
        foreach (Verdict other in others)
        {
            table.Add(other.Cause, other.Request, other.Summary);
        }
    }

    private static void AddWitnesses(CommandResult result, Verdict verdict)
    {
        if (verdict.Witnesses.Count == 0)
        {
            return;
        }

        ResultTable table = result.NamedTable(
            "witnesses",
            new("party", ColumnKind.Text),
            new("stride", ColumnKind.ByteCount),
            new("cpus", ColumnKind.Number),
            new("bytes_a_value", ColumnKind.ByteCount),
            new("by_what_it_did", ColumnKind.Text));
        foreach (Witness witness in verdict.Witnesses)
        {
            table.Add(WhyWords.Name(witness.Party), witness.Stride, witness.Cpus, witness.Total, witness.Basis);
        }
    }
}
