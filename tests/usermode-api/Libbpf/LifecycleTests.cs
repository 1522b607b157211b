using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>Devices that cannot be opened, processes that end in the middle, libraries that are unloaded.</summary>
public class LifecycleTests
{
    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Without_administrators_rights_nothing_that_needs_the_device_is_permitted(LibraryVersion version)
    {
        using var lab = new Lab(version, administrator: false);
        Assert.Equal(-(int)Errno.EPERM, lab.Library.bpf_map_create(BpfMapType.Hash, "m", 4, 8, 1));
        Assert.Equal("api.device", lab.Library.LastRefusal!.Check.Id);
        Assert.Equal(-(int)Errno.EPERM, lab.Library.bpf_map_get_next_id(0, lab.Allocate(4)));
        Assert.Equal(-(int)Errno.EPERM, lab.Library.bpf_map_get_fd_by_id(2));
        Assert.Equal(-(int)Errno.EPERM, lab.Library.bpf_obj_get("x"));
        Assert.Equal(-(int)Errno.EBADF, lab.Library.bpf_map_delete_elem(3, 0));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_process_killed_at_any_step_of_any_call_makes_it_return_ESRCH_and_leaves_nothing_behind(LibraryVersion version)
    {
        Func<Lab, Batch, int>[] calls =
        [
            (_, batch) => batch.Update(batch.Options),
            (_, batch) => batch.Lookup(batch.Options),
            (_, batch) => batch.LookupAndDelete(batch.Options),
            (_, batch) => batch.Delete(batch.Options),
            (lab, batch) => lab.Library.bpf_map_update_elem(3, batch.Keys, batch.Values, 0),
            (lab, batch) => lab.Library.bpf_map_lookup_elem(3, batch.Keys, batch.Values),
            (lab, batch) => lab.Library.bpf_map_lookup_and_delete_elem(3, batch.Keys, batch.Values),
            (lab, batch) => lab.Library.bpf_map_delete_elem(3, batch.Keys),
            (lab, batch) => lab.Library.bpf_map_get_next_key(3, 0, batch.OutBatch),
            (lab, _) => lab.Library.bpf_map_create(BpfMapType.PercpuHash, "another", 4, 8, 1),
            (lab, _) => lab.Library.bpf_map_get_fd_by_id(2),
            (lab, batch) => lab.Library.bpf_map_get_next_id(0, batch.Count),
            (lab, _) => lab.Library.bpf_obj_pin(3, "path"),
            (lab, _) => lab.Library.bpf_obj_get("path"),
            (lab, batch) => lab.Library.bpf_obj_get_info_by_fd(3, batch.Values, batch.Count),
            (lab, _) => lab.Library.close(3),
        ];
        for (int call = 0; call < calls.Length; call++)
        {
            int steps = 0;
            for (int deadly = 1; deadly <= Math.Max(steps, 1); deadly++)
            {
                using var lab = new Lab(version, cpus: 2);
                int fd = lab.CreateMap(BpfMapType.PercpuHash);
                lab.Fill(fd, BpfMapType.PercpuHash, 2000);
                Batch batch = lab.NewBatch(fd, 2000, 4, 16);
                Batch withOptions = WithOptions(lab, batch, lab.Options());
                int step = 0;
                lab.Tap.Before = name =>
                {
                    if (name != nameof(ISystemGate.EndCall) && ++step == deadly)
                    {
                        lab.Process.Terminate(NtStatus.Cancelled);
                    }
                };
                int result = calls[call](lab, withOptions);
                Assert.Equal(-(int)Errno.ESRCH, result);
                Assert.Equal(Errno.ESRCH, lab.Library.errno);
                lab.Tap.Before = null;
                Assert.Equal(-(int)Errno.ESRCH, calls[call](lab, withOptions));

                // At the end of a call its result stands, whatever becomes of the process.
                steps = Math.Max(steps, CountSteps(version, calls[call]));
            }
        }
    }

    [Fact]
    public void A_process_killed_by_another_thread_ends_the_call_that_runs()
    {
        using var lab = new Lab();
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 1000);
        Batch batch = lab.NewBatch(fd, 1000, 4, 8);
        using ParkingPlace parking = new();
        lab.Tap.Before = step =>
        {
            if (step == nameof(ISystemGate.NtDeviceIoControlFile))
            {
                parking.Park();
            }
        };
        HostThread killer = HostThread.Run(() =>
        {
            parking.WaitForArrival("the call to be in the kernel");
            lab.Process.Terminate(NtStatus.Cancelled);
            parking.Open();
        });
        Assert.Equal(-(int)Errno.ESRCH, batch.Lookup(0));
        killer.Join();
    }

    [Fact]
    public void After_the_process_has_ended_calls_never_throw()
    {
        using var lab = new Lab();
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Process.Terminate(NtStatus.Success);
        Assert.Equal(-(int)Errno.ESRCH, lab.Library.bpf_map_create(BpfMapType.Hash, "m", 4, 8, 1));
        Assert.Equal(-(int)Errno.ESRCH, lab.Library.bpf_map_lookup_batch(fd, 0, 0, 0, 0, 0, 0));
        Assert.Equal(-(int)Errno.ESRCH, lab.Library.bpf_obj_get("x"));
        Assert.Null(lab.Library.LastRefusal);
        Assert.Equal(4, lab.Library.libbpf_num_possible_cpus());
    }

    [Fact]
    public void An_unloaded_library_has_given_everything_back_and_cannot_be_called()
    {
        using var lab = new Lab();
        int handles = lab.Process.Handles.Count;
        var library = new Libbpf(lab.Process.Gate);
        int fd = library.bpf_map_create(BpfMapType.Hash, "m", 4, 8, 1);
        Assert.True(fd > 0);
        Assert.Equal(handles + 2, lab.Process.Handles.Count);
        library.Dispose();
        library.Dispose();
        Assert.Equal(handles, lab.Process.Handles.Count);
        Assert.Throws<ObjectDisposedException>(() => library.close(fd));
    }

    [Fact]
    public void Many_threads_call_at_once_each_with_a_channel_of_its_own()
    {
        using var lab = new Lab(cpus: 2);
        int fd = lab.CreateMap(BpfMapType.Hash, maxEntries: 4096);
        var failures = new List<string>();
        HostThread[] threads = [.. Enumerable.Range(0, 4).Select(number => HostThread.Run(() =>
        {
            ulong key = lab.Allocate(4);
            ulong value = lab.Allocate(8);
            for (uint i = 0; i < 200; i++)
            {
                uint mine = ((uint)number * 1000) + i;
                lab.Write(key, mine);
                lab.Write(value, mine * 3UL);
                int result = lab.Library.bpf_map_update_elem(fd, key, value, 0);
                lab.Write(value, 0UL);
                result = result == 0 ? lab.Library.bpf_map_lookup_elem(fd, key, value) : result;
                if (result != 0 || lab.Read<ulong>(value) != mine * 3UL)
                {
                    lock (failures)
                    {
                        failures.Add($"{mine}: {result} {lab.Library.errno}");
                    }
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(failures);
    }

    private static Batch WithOptions(Lab lab, Batch batch, ulong options)
    {
        batch.Options = options;
        Assert.True(options != 0 && !lab.Process.HasExited);
        return batch;
    }

    private static int CountSteps(LibraryVersion version, Func<Lab, Batch, int> call)
    {
        using var lab = new Lab(version, cpus: 2);
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        lab.Fill(fd, BpfMapType.PercpuHash, 2000);
        Batch batch = WithOptions(lab, lab.NewBatch(fd, 2000, 4, 16), lab.Options());
        int steps = 0;
        lab.Tap.Before = name => steps += name == nameof(ISystemGate.EndCall) ? 0 : 1;
        call(lab, batch);
        lab.Tap.Before = null;
        return steps;
    }
}
