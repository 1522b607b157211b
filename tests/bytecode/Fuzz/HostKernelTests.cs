using System.ComponentModel;
using System.Runtime.InteropServices;
using KernelSim.HostBpf;

namespace KernelSim.Bytecode.Tests;

/// <summary>Random programs in both engines and in the host's kernel, where its bpf(2) is permitted.</summary>
public sealed class HostKernelTests
{
    private const int Programs = 300;

    [Fact]
    public void TheEnginesAgreeWithTheHostsKernelOnRandomArithmetic()
    {
        Assert.SkipUnless(HostBpfMap.WhyUnavailable() is null, HostBpfMap.WhyUnavailable() ?? "");
        int accepted = 0;
        for (int seed = 0; seed < Programs; seed++)
        {
            BpfInstruction[] program = RandomArithmetic.Of(seed);
            if (ResultOfHost(program) is { } expected)
            {
                accepted++;
                Assert.Equal((seed, expected), (seed, (uint)Both.Run(Code.Image(program)).R0));
            }
        }

        // The verifier refuses some, such as those with code that it finds to be dead.
        Assert.InRange(accepted, Programs / 2, Programs);
    }

    /// <summary>The lower half of R0, which a test run reports; null if the kernel refuses the program.</summary>
    private static uint? ResultOfHost(BpfInstruction[] program)
    {
        try
        {
            using HostBpfProgram loaded = HostBpfProgram.Load(HostProgramType.SocketFilter, MemoryMarshal.Cast<BpfInstruction, ulong>(program));
            Assert.Equal(0, loaded.TestRun(new byte[64], 1, out uint result));
            return result;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
