using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Totals the activity of each program, and the helper calls of programs by map.</summary>
internal sealed class ProgramSection
{
    /// <summary>More machines than any process has; a damaged trace may tell of more.</summary>
    private const int MostFaults = 64;

    private const string Success = "EBPF_SUCCESS";

    private readonly List<ProgramFaultEvent> _faults = [];
    private readonly SortedDictionary<long, ProgramTotals> _programs = [];
    private readonly SortedDictionary<(string Helper, long MapId), SortedDictionary<string, long>> _helpers = [];

    /// <summary>What stopped machines. A machine stops once, so there is one for each at most.</summary>
    public IReadOnlyList<ProgramFaultEvent> Faults => _faults;

    /// <summary>The programs. Code that a tool ran without a program has id 0, and no row of its own.</summary>
    public IReadOnlyList<ProgramTotals> Programs => [.. _programs.Values.Where(p => p.Id != 0)];

    public IReadOnlyList<HelperTotals> Helpers =>
    [
        .. _helpers.Select(h => new HelperTotals(
            h.Key.Helper, h.Key.MapId, h.Value.Values.Sum(), [.. h.Value.Where(r => r.Key != Success).OrderByDescending(r => r.Value)])),
    ];

    public void Add(TracedEvent e)
    {
        switch (e)
        {
            case ProgramCreateEvent create:
                _programs[create.ProgramId] = Of(create.ProgramId) with { Name = create.Name, Type = create.ProgramType };
                break;
            case ProgramLoadEvent load:
                _programs[load.ProgramId] = Of(load.ProgramId) with { Load = load.Result };
                break;
            case ProgramInvokeEvent run:
                Add(run);
                break;
            case TestRunBeginEvent begin:
                ProgramTotals tested = Of(begin.ProgramId);
                _programs[begin.ProgramId] = tested with { TestRuns = tested.TestRuns + 1, Repeats = Sum(tested.Repeats, begin.Repeat) };
                break;
            case TestRunEndEvent end:
                ProgramTotals done = Of(end.ProgramId);
                _programs[end.ProgramId] = end.Result == Success
                    ? done with { NanosecondsARun = end.DurationNs }
                    : done with { FailedTestRuns = done.FailedTestRuns + 1 };
                break;
            case HelperCallEvent call:
                Add(call);
                break;
            case InstructionEvent step:
                ProgramTotals stepped = Of(step.ProgramId);
                _programs[step.ProgramId] = stepped with { Name = NameOf(stepped, step.Program), Instructions = stepped.Instructions + 1 };
                break;
            case InstructionsNotRecordedEvent run:
                ProgramTotals silent = Of(run.ProgramId);
                _programs[run.ProgramId] = silent with
                {
                    Name = NameOf(silent, run.Program),
                    RunsWithoutInstructions = silent.RunsWithoutInstructions + 1,
                    SilentEngine = run.Engine,
                };
                break;
            case ProgramFaultEvent fault when _faults.Count < MostFaults:
                _faults.Add(fault);
                break;
            case PrintkEvent line:
                ProgramTotals speaker = Of(line.ProgramId);
                _programs[line.ProgramId] = speaker with { Lines = speaker.Lines + 1 };
                break;
        }
    }

    private void Add(ProgramInvokeEvent run)
    {
        ProgramTotals program = Of(run.ProgramId);
        _programs[run.ProgramId] = program with
        {
            Name = NameOf(program, run.Name),
            Runs = program.Runs + 1,
            TailCalls = program.TailCalls + run.TailCalls,
        };
    }

    private void Add(HelperCallEvent call)
    {
        ProgramTotals program = Of(call.ProgramId);
        _programs[call.ProgramId] = program with { HelperCalls = program.HelperCalls + 1 };
        (string, long) key = (call.Helper, call.MapId);
        if (!_helpers.TryGetValue(key, out SortedDictionary<string, long>? results))
        {
            _helpers.Add(key, results = new SortedDictionary<string, long>(StringComparer.Ordinal));
        }

        results[call.Result] = results.GetValueOrDefault(call.Result) + 1;
    }

    /// <summary>A message may ask for any number of runs, of 64 bits without a sign; the sum stays at the largest number.</summary>
    private static long Sum(long repeats, long repeat) =>
        (long)UInt128.Min((UInt128)(ulong)repeats + unchecked((ulong)repeat), (UInt128)long.MaxValue);

    private static string NameOf(ProgramTotals known, string name) => known.Name.Length > 0 ? known.Name : name;

    private ProgramTotals Of(long id) => _programs.GetValueOrDefault(id) ?? new ProgramTotals(id);
}
