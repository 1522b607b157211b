using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests;

public sealed class NullArgumentTests
{
    [Fact]
    public void No_call_of_the_library_ends_in_a_null_reference()
    {
        using ModuleLab lab = new();
        using BpfSession session = new(lab.Lab.Tap);
        bpf_object module = lab.Load("droppacket.sys");
        NullArguments.AssertRefusedBy(
            typeof(Libbpf).Assembly,
            least: 100,
            lab.Library,
            session,
            module,
            Libbpf.bpf_object__next_map(module, null)!,
            lab.Program(module, "DropPacket"),
            session.CreateHashMap<uint, uint>("a", 4),
            session.CreateArrayMap<uint>("b", 4),
            session.CreatePerCpuHashMap<uint, uint>("c", 4),
            session.CreatePerCpuArrayMap<uint>("d", 4),
            session.CreateLpmTrieMap<uint, uint>("e", 4),
            session.CreateQueueMap<uint>("f", 4),
            session.CreateRingBufferMap("g", 4096));
        lab.Library.bpf_object__close(module);
    }

    [Fact]
    public void Pinning_and_unpinning_no_map_says_which_argument_is_missing()
    {
        using ModuleLab lab = new();
        Assert.Equal("map", Assert.Throws<ArgumentNullException>(() => lab.Library.bpf_map__pin(null!, "path")).ParamName);
        Assert.Equal("map", Assert.Throws<ArgumentNullException>(() => lab.Library.bpf_map__pin(null!, null)).ParamName);
        Assert.Equal("map", Assert.Throws<ArgumentNullException>(() => lab.Library.bpf_map__unpin(null!, "path")).ParamName);
        Assert.Equal("refusal", Assert.Throws<ArgumentNullException>(() => new BpfException(null!)).ParamName);
    }
}
