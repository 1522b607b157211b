using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Samples.Echo;
using KernelSim.UserMode;

namespace KernelSim.Testing.Tests.Explicit;

/// <summary>Tests that fail. They run in a process of their own (<see cref="Child.ChildRun"/>).</summary>
public sealed class FailingTests(ITestOutputHelper output) : KernelTest
{
    [Fact(Explicit = true)]
    public async Task By_a_refusal()
    {
        output.WriteLine("a line of the test");
        await Task.Yield();
        Bpf.CreatePerCpuHashMap<uint, ulong>("stats", maxEntries: 0).Dispose();
    }

    [Fact(Explicit = true)]
    public void By_an_errno()
    {
        Libbpf library = Watched.OpenLibrary();
        int map = library.bpf_map_create(BpfMapType.Hash, "counts", 4, 8, 16);
        ulong key = Gate.Memory.Allocate(12);
        Assert.Equal(0, library.bpf_map_update_elem(map, key, key + 4, 77));
        library.close(map);
    }

    [Fact(Explicit = true)]
    public void By_a_status()
    {
        LoadDriver(new EchoDriver());
        using TestDevice device = OpenDevice(EchoDevice.Win32Name);
        Assert.Equal(NtStatus.Success, device.Send(EchoDevice.Echo, [1, 2], replyBytes: 2).Status);
    }

    [Fact(Explicit = true)]
    public void By_an_assertion_of_its_own()
    {
        using HashMap<uint, ulong> map = Bpf.CreateHashMap<uint, ulong>("counts", maxEntries: 8);
        map[1] = 2;
        Assert.Equal(3ul, map[1]);
    }

    [Fact(Explicit = true)]
    public void By_a_bugcheck() => Machine.BugCheck(BugcheckCode.BadPoolCaller, 0x46, 7);

    [Fact(Explicit = true)]
    public void By_a_program_in_C()
    {
        NetworkEventSource network = Network;
        using BpfModule module = Bpf.LoadModule(Repository.PathOf("samples", "c", "missing_bounds_check.o"));
        using BpfLink link = module.Program("drop_by_marker").Attach();
        network.Deliver(1, new NetworkEvent(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp });
    }

    [Fact(Explicit = true)]
    public void And_leaves_a_map()
    {
        Bpf.CreateHashMap<uint, ulong>("forgotten", maxEntries: 8);
        Assert.Fail("on purpose");
    }

    [Fact(Explicit = true)]
    public void Without_a_machine() => Assert.Fail("on purpose");

    [Theory(Explicit = true)]
    [Seeds(3)]
    public void By_a_seed(ulong seed) => Assert.NotEqual(2ul, Machine.Options.Seed == seed ? seed : 2);
}
