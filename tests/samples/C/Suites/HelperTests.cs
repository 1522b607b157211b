using System.Runtime.InteropServices;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>The general helpers, as programs in C call them: upstream's <c>utility</c>, <c>strings</c> and <c>test_utility_helpers</c>.</summary>
public sealed class HelperTests : IDisposable
{
    private const ulong SystemProcess = 4; // Simulated events happen in no other.

    private readonly SuiteLab _lab = new();

    public static TheoryData<string, EbpfExecutionType> Programs => new()
    {
        { "memory", EbpfExecutionType.Jit },
        { "memory", EbpfExecutionType.Interpret },
        { "strings", EbpfExecutionType.Jit },
        { "strings", EbpfExecutionType.Interpret },
    };

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Programs))]
    public void Memory_and_strings_are_what_the_helpers_make_of_them(string program, EbpfExecutionType engine)
    {
        _lab.Attach(_lab.Load("texts", engine), program);
        NetworkVerdict verdict = _lab.Network.Deliver(0, new NetworkEvent(NetworkEventKind.Bind) { ProcessId = 1 });
        Assert.Equal((0u, EbpfResult.Success), (verdict.ProgramResult, verdict.Status));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_knows_its_processor_the_time_and_who_caused_the_event(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("texts", engine);
        _lab.Attach(loaded, "ask");
        Assert.Equal(NetworkAction.Permit, _lab.Bind(4242, cpu: 2));
        Facts facts = _lab.Find<uint, Facts>(_lab.MapFd(loaded, "facts"), 0);
        Assert.Equal((2ul, SystemProcess), (facts.Cpu, facts.ProcessAndThread >> 32));
        Assert.True(facts.BootAgain >= facts.Boot && facts.Now > 0);
        Assert.Equal(facts.Now / 1_000_000, facts.Milliseconds);
        Assert.NotEqual(facts.Random1, facts.Random2);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Facts
    {
        public readonly ulong Cpu;
        public readonly ulong Boot;
        public readonly ulong BootAgain;
        public readonly ulong Now;
        public readonly ulong Milliseconds;
        public readonly ulong ProcessAndThread;
        public readonly uint Random1;
        public readonly uint Random2;
    }
}
