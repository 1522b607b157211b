using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>The typed classes of modules, programs and links.</summary>
public sealed class TypedModuleTests : IDisposable
{
    private readonly ModuleLab _lab = new();
    private readonly BpfSession _session;

    public TypedModuleTests() => _session = new BpfSession(_lab.Lab.Process.Gate);

    public void Dispose()
    {
        _session.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public void A_module_that_is_not_there_says_so_with_its_path()
    {
        BpfException thrown = Assert.Throws<BpfException>(() => _session.LoadModule("nothing.sys"));
        Assert.Equal(Errno.EINVAL, thrown.Errno);
        Assert.Contains("nothing.sys", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("api.object.file", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_a_module_lacks_are_answered_with_those_that_it_has()
    {
        using BpfModule module = _session.LoadModule("bindmonitor.sys");
        Assert.Contains("'BindMonitor'", Assert.Throws<KeyNotFoundException>(() => module.Program("nobody")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "'process_map', 'limits_map'", Assert.Throws<KeyNotFoundException>(() => module.MapId("none")).Message, StringComparison.Ordinal);
        Assert.Equal(["process_map", "limits_map"], module.MapNames);
    }

    [Fact]
    public void Programs_and_maps_of_a_closed_module_cannot_be_used_whatever_has_their_descriptors_now()
    {
        BpfModule module = _session.LoadModule("droppacket.sys");
        BpfProgram program = module.Program("DropPacket");
        int descriptor = program.Descriptor;
        program.Dispose();
        Assert.Equal(descriptor, program.Descriptor);
        module.Dispose();
        module.Dispose();
        using HashMap<int, int> other = _session.CreateHashMap<int, int>("other", 4);
        Assert.Throws<ObjectDisposedException>(() => program.Info);
        Assert.Throws<ObjectDisposedException>(() => program.Attach());
        Assert.Throws<ObjectDisposedException>(() => program.TestRun(new TestRun()));
        Assert.Throws<ObjectDisposedException>(() => module.MapDescriptor("dropped_packet_map"));
        Assert.Throws<ObjectDisposedException>(() => module.MapId("dropped_packet_map"));
    }

    [Fact]
    public void A_program_opened_by_its_id_outlives_its_module()
    {
        uint id;
        BpfProgram program;
        using (BpfModule module = _session.LoadModule("droppacket.sys"))
        {
            id = module.Program("DropPacket").Info.Id;
            program = _session.OpenProgram(id);
        }

        Assert.Equal(("DropPacket", id), (program.Name, program.Info.Id));
        using (BpfLink link = program.AttachTo(1))
        {
            Assert.Equal(id, link.Info.ProgId);
        }

        program.Dispose();
        program.Dispose();
        Assert.Throws<ObjectDisposedException>(() => program.Descriptor);
        Assert.Equal(Errno.ENOENT, Assert.Throws<BpfException>(() => _session.OpenProgram(id)).Errno);
    }

    [Fact]
    public void A_link_is_detached_by_hand_or_with_its_last_descriptor_unless_it_is_pinned()
    {
        using BpfModule module = _session.LoadModule("droppacket.sys");
        BpfLink link = module.Program("DropPacket").AttachTo(1);
        uint id = link.Info.Id;
        BpfLink again = _session.OpenLink(id);
        link.Dispose();
        link.Dispose();
        Assert.Equal(1u, module.Program("DropPacket").Info.LinkCount);
        again.Pin("/links/drop");
        again.Dispose();
        Assert.Throws<ObjectDisposedException>(() => again.Info);
        Assert.Equal(1u, module.Program("DropPacket").Info.LinkCount);
        using (BpfLink third = _session.OpenLink(id))
        {
            third.Detach();
            third.Detach();
            Assert.Equal((0u, 0u), (third.Info.ProgId, module.Program("DropPacket").Info.LinkCount));
        }

        Assert.Equal(EbpfResult.Success, _session.Library.ebpf_object_unpin("/links/drop"));
        Assert.Equal(Errno.ENOENT, Assert.Throws<BpfException>(() => _session.OpenLink(id)).Errno);
    }

    [Fact]
    public void A_program_cannot_be_attached_where_it_does_not_belong()
    {
        using BpfModule module = _session.LoadModule("droppacket.sys");
        BpfException thrown = Assert.Throws<BpfException>(() => module.Program("DropPacket").Attach(BpfAttachType.Bind));
        Assert.Equal(Errno.EINVAL, thrown.Errno);
        Assert.Throws<ArgumentOutOfRangeException>(() => module.Program("DropPacket").Attach((BpfAttachType)200));
    }

    [Fact]
    public void Disposing_the_session_closes_what_was_left_open()
    {
        BpfSession session = new(_lab.Lab.Process.Gate);
        BpfModule module = session.LoadModule("droppacket.sys");
        BpfLink link = module.Program("DropPacket").AttachTo(3);
        session.Dispose();
        module.Dispose();
        link.Dispose();
        Assert.Equal(-(int)Errno.ENOENT, _lab.Library.bpf_prog_get_next_id(0, _lab.Lab.Put(0u)));
    }
}
