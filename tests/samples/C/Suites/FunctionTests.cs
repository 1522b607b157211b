using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.Samples.SampleExt;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Calls between functions, and arithmetic that a processor would trap: upstream's end_to_end.cpp.</summary>
public sealed class FunctionTests : IDisposable
{
    private readonly SuiteLab _lab = new();

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_function_decides_for_the_program(EbpfExecutionType engine)
    {
        _lab.Attach(_lab.Load("subprograms", engine), "decide");
        Assert.Equal([NetworkAction.Block, NetworkAction.Redirect, NetworkAction.Permit], [_lab.Bind(0), _lab.Bind(1), _lab.Bind(2)]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_function_is_called_in_a_loop(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("subprograms", engine);
        _lab.Attach(loaded, "loop");
        Assert.Equal((NetworkAction.Redirect, 10u), (_lab.Bind(5), _lab.Value(loaded, "turns")));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Functions_call_functions_and_use_maps(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("subprograms", engine);
        bpf_link link = _lab.Attach(loaded, "two_functions");
        Assert.Equal((NetworkAction.Redirect, NetworkAction.Block), (_lab.Bind(2002), _lab.Bind(1001)));
        _lab.Detach(link);
        _lab.Attach(loaded, "count_binds");
        Assert.All([12345u, 12345u, 67890u], p => Assert.Equal(NetworkAction.Permit, _lab.Bind(p)));
        int binds = _lab.MapFd(loaded, "binds");
        Assert.Equal((2ul, 1ul), (_lab.Find<ulong, ulong>(binds, 12345), _lab.Find<ulong, ulong>(binds, 67890)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Division_by_0_is_0_and_the_remainder_is_what_was_divided(EbpfExecutionType engine)
    {
        _lab.Attach(_lab.Load("division", engine), "divide");
        SampleProgramContext context = default;
        Assert.Equal(1000u, _lab.Fire(ref context));
        context = new SampleProgramContext { Uint32Data = 5, HelperData1 = 3 };
        Assert.Equal(20u + 1 + 66, _lab.Fire(ref context));
    }
}
