using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>What programs print. Alone: whether anybody listens is the same for all machines.</summary>
[Collection(PrintCollection.Name)]
public sealed class PrintTests : IDisposable
{
    private readonly MachineEvents _listener = new();
    private readonly SuiteLab _lab;

    public PrintTests()
    {
        _lab = new SuiteLab(requestIdBase: _listener.RequestIdBase);
    }

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    private IEnumerable<string> Lines => _listener.Named("Printk").Select(e => e.Text("text"));

    public void Dispose()
    {
        _listener.Dispose();
        _lab.Dispose();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_prints_what_is_allowed_and_gets_the_lengths(EbpfExecutionType engine)
    {
        byte[] context = new byte[56];
        context[16] = 77; // process_id
        context[48] = 2; // protocol
        uint result = _lab.Run(_lab.ProgramFd(_lab.Load("texts", engine), "print"), context, new byte[8]);
        string[] expected =
        [
            "Good morning", "Good morning", "process 77", "process 77, protocol 2", "1 and 2 and 3", "50% done",
        ];
        Assert.Equal(expected, Lines);
        const int Refused = 3;
        Assert.Equal((uint)(expected.Sum(l => l.Length) - Refused), result);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_run_of_a_recursion_prints_its_line(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("recurse", engine);
        _lab.Run(_lab.ProgramFd(loaded, "recurse"));
        Assert.Equal(Enumerable.Range(0, 34).Select(i => $"run {i}"), Lines);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_program_of_a_row_prints_its_line(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("relay", engine);
        _lab.Run(_lab.ProgramFd(loaded, "step0"));
        Assert.Equal(Enumerable.Range(0, 34).Select(i => $"step {i}: {i}"), Lines);
    }
}
