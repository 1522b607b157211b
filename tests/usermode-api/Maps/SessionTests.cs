using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

public class SessionTests
{
    [Fact]
    public void A_map_is_known_by_name_type_and_layout()
    {
        using var lab = new Lab(cpus: 4);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, Twelve> map = session.CreatePerCpuHashMap<uint, Twelve>("stats", 100);
        Assert.Equal(("stats", BpfMapType.PercpuHash, 100u, 4), (map.Name, map.Type, map.MaxEntries, map.KeySize));
        Assert.Equal((12u, 16u, 64u), (map.ValueLayout.ValueSize, map.ValueLayout.Stride, map.ValueLayout.Total));
        Assert.Equal((4, 4), (map.CpuCount, session.CpuCount));
        Assert.Equal(65_527 / 68, map.ElementsPerMessage);
        Assert.Equal("map 'stats' (percpu_hash)", map.ToString());
    }

    [Fact]
    public void A_map_of_another_type_or_with_other_sizes_is_not_opened_and_the_message_says_why()
    {
        using var lab = new Lab(cpus: 4);
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("stats", 100);
        const uint Id = 2;
        int handles = lab.Process.Handles.Count;
        AssertRefused("typed.open.type", 4, 1, () => session.OpenPerCpuHashMap<uint, ulong>(Id));
        AssertRefused("typed.open.key_size", 8, 4, () => session.OpenHashMap<ulong, ulong>(Id));
        AssertRefused("typed.open.value_size", 4, 8, () => session.OpenHashMap<uint, uint>(Id));
        Assert.Equal(handles, lab.Process.Handles.Count);

        map[1] = 5;
        using HashMap<uint, ulong> again = session.OpenHashMap<uint, ulong>(Id);
        Assert.Equal(5UL, again[1]);
    }

    [Fact]
    public void What_the_driver_refuses_is_an_exception_with_its_check()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        AssertRefused("map.create.max_entries", 0, 1, () => session.CreateHashMap<uint, ulong>("m", 0));
        BpfException missing = Assert.Throws<BpfException>(() => session.OpenHashMap<uint, ulong>(99));
        Assert.Equal((Errno.ENOENT, null), (missing.Errno, missing.Check));
        Assert.Equal("map of id 99: bpf_map_get_fd_by_id -> ENOENT", missing.Message);
    }

    [Fact]
    public void A_process_without_rights_is_told_so()
    {
        using var lab = new Lab(administrator: false);
        using var session = new BpfSession(lab.Process.Gate);
        BpfException denied = Assert.Throws<BpfException>(() => session.CreateHashMap<uint, ulong>("m", 1));
        Assert.Equal((Errno.EPERM, "api.device"), (denied.Errno, denied.Check!.Id));
    }

    [Fact]
    public void In_a_process_that_has_ended_everything_throws_and_closing_does_not()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("m", 1);
        lab.Process.Terminate(NtStatus.Cancelled);
        Assert.Throws<ProcessExitedException>(() => session.CreateHashMap<uint, ulong>("m", 1));
        Assert.Throws<ProcessExitedException>(() => map.TryGet(1, out _));
        Assert.Throws<ProcessExitedException>(() => map.LookupBatch(new BatchCursor(), new uint[1], new ulong[1]));
        map.Dispose();
    }

    [Fact]
    public void A_closed_map_cannot_be_used()
    {
        using var lab = new Lab();
        var session = new BpfSession(lab.Process.Gate);
        HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("m", 1);
        ArrayMap<ulong> other = session.CreateArrayMap<ulong>("n", 1);
        map.Dispose();
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.TryGet(1, out _));
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => other.TryGet(0, out _));
        other.Dispose();
    }

    private static void AssertRefused(string check, long given, long expected, Func<object> call)
    {
        BpfException refused = Assert.Throws<BpfException>(call);
        Assert.Equal((Errno.EINVAL, check, given, expected), (refused.Errno, refused.Check!.Id, refused.Given, refused.Expected));
        Assert.Equal(refused.Refusal!.Line, refused.Message);
    }
}
