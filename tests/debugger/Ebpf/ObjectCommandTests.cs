using KernelSim.EbpfCore.Tests.Links;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Debugger.Tests.Ebpf;

public sealed class ObjectCommandTests : IDisposable
{
    private readonly LinkMachine _machine = new();
    private readonly Glass _glass;

    public ObjectCommandTests() => _glass = new Glass(_machine.Machine);

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        _glass.Dispose();
        User.Process.Terminate(NtStatus.Success);
        _machine.Dispose();
    }

    [Fact]
    public void Programs_and_links_are_what_their_infos_say()
    {
        NtHandle program = _machine.Program(BpfAttachType.Sample);
        TestMap map = User.NewMap(BpfMapType.Hash, name: "counts");
        User.BindMap(program, map.Handle).Expect(EbpfResult.Success);
        NtHandle link = _machine.Link(program, BpfAttachType.Sample);

        ResultRow row = Assert.Single(_glass.Rows("!progs"));
        uint id = User.ProgramInfo(program).AsProgramInfo().Id;
        Assert.Equal((id, "p", "sample", 1, 1), (row["id"], row["name"], row["type"], row["links"], row["maps"]));

        ResultRow attached = Assert.Single(_glass.Rows("!links"));
        Assert.Equal(
            (_machine.Info(link).Id, id, "sample_ext", "Attached", true),
            (attached["id"], attached["program"], attached["attach_type"], attached["state"], attached["hook_attached"]));

        ResultRow used = Assert.Single(_glass.Rows($"!prog {id}"));
        Assert.Equal("counts", used["name"]);
        Assert.Equal("s", _glass.Member($"!prog {id}", "section"));
    }

    [Fact]
    public void A_program_array_shows_the_programs()
    {
        NtHandle program = _machine.Program(BpfAttachType.Sample);
        TestMap array = User.NewMap(BpfMapType.ProgArray, valueSize: 4, maxEntries: 4);
        array.UpdateWithHandle(array.Key(2), program).Expect(EbpfResult.Success);

        ResultRow row = Assert.Single(_glass.Rows($"!map {_glass.Rows("!maps")[0]["id"]}"));

        Assert.Equal(array.Key(2), row.Get<byte[]>("key"));
        Assert.Equal($"prog {User.ProgramInfo(program).AsProgramInfo().Id}", row["object"]);
    }

    [Fact]
    public void Epochs_show_what_waits_and_who_is_in_one()
    {
        TestMap map = User.NewMap(BpfMapType.Hash);
        map.Fill(3);
        map.DeleteBatch([map.Key(0), map.Key(1)]).Expect(EbpfResult.Success);

        Assert.Equal(_machine.Driver.WaitingCount, _glass.Rows("!epoch").Sum(r => r.Get<long>("waiting")));
        Assert.Contains(_glass.Rows("!epoch"), r => r["oldest"] is not null);

        IReadOnlyList<ResultRow>? within = null;
        _machine.Driver.RunProgram(1, _ => within = _glass.Rows("!epoch"));
        Assert.Equal([0, 1], within!.Select(r => r.Get<string[]>("readers").Length));
        Assert.Equal(
            _glass.Member("!epoch", "published")!.ToString(), Assert.Single(within![1].Get<string[]>("readers")));
    }

    [Fact]
    public void A_machine_without_the_driver_is_one_line()
    {
        using Machine bare = Machine.Boot(new MachineOptions());
        using Glass glass = new(bare);

        Assert.EndsWith("has no eBPF driver loaded, expected one: !drvobj lists its drivers", glass.Try("!maps").Error);
    }
}
