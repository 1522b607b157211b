using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.HostBpf;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Test runs of an XDP program that lets the packet pass at once: the cost of the call.</summary>
internal sealed class ProgramTestRun : Benchmark
{
    private const int Calls = 1024;
    private const int PacketBytes = 64;
    private const int XdpPass = 2;

    /// <inheritdoc/>
    public override string Name => "prog-test-run";

    /// <inheritdoc/>
    public override string Does => "run an XDP program on a packet of 64 bytes, bpf_prog_test_run_opts, one run a call";

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Calls;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [1];

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        SimProcess process = set.Own(SimProcess.Boot(workload.Machine, extensions: true));
        BpfModule module = set.Own(process.Session.LoadModule("droppacket.sys"));
        int program = module.Program("DropPacket").Descriptor;
        BpfTestRunOpts options = new()
        {
            Sz = (ulong)Unsafe.SizeOf<BpfTestRunOpts>(),
            DataIn = process.Put(new byte[PacketBytes]),
            DataSizeIn = PacketBytes,
            Repeat = 1,
        };
        ulong block = process.Put(MemoryMarshal.AsBytes(new ReadOnlySpan<BpfTestRunOpts>(in options)));
        Libbpf library = process.Session.Library;
        set.Add(new Trial(Contender.KernelSim, Calls, Repeat(() => library.bpf_prog_test_run_opts(program, block))));
        if (set.CanHost())
        {
            HostBpfProgram host = set.Own(HostBpfProgram.Load(HostProgramType.Xdp, [BpfInstruction.Set(0, XdpPass), BpfInstruction.Exit()]));
            byte[] packet = new byte[PacketBytes];
            set.Add(new Trial(Contender.Host, Calls, Repeat(() => host.TestRun(packet, 1, out _))));
        }

        ProgramContenders.LackOthers(set);
    }

    private static Action Repeat(Func<int> call) => () =>
    {
        for (int i = 0; i < Calls; i++)
        {
            if (call() is not 0 and int result)
            {
                throw new InvalidOperationException($"the test run gave {result}");
            }
        }
    };
}
