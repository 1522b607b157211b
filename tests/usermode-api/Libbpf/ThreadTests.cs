using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>What a library keeps for each thread that calls it.</summary>
public sealed class ThreadTests : IDisposable
{
    private readonly Lab _lab = new(cpus: 2);
    private readonly int _map;
    private readonly ulong _key;
    private readonly ulong _value;

    public ThreadTests()
    {
        _map = _lab.CreateMap(BpfMapType.Hash);
        _key = _lab.Put(7u);
        _value = _lab.Put(8ul);
        Assert.Equal(0, _lab.Library.bpf_map_update_elem(_map, _key, _value, 0));
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_thread_takes_over_the_channel_of_one_that_has_ended()
    {
        HostThread.Run(LookUp).Join();
        int handles = _lab.Process.Handles.Count;
        for (int i = 0; i < 10; i++)
        {
            HostThread.Run(LookUp).Join();
        }

        Assert.Equal(handles, _lab.Process.Handles.Count);
    }

    [Fact]
    public void Threads_that_call_by_turns_have_a_channel_each()
    {
        int handles = _lab.Process.Handles.Count;
        using var parking = new ParkingPlace();
        HostThread other = HostThread.Run(() =>
        {
            LookUp();
            parking.Park();
            LookUp();
        });
        parking.WaitForArrival();
        LookUp();
        Assert.Equal(handles + 1, _lab.Process.Handles.Count);
        parking.Open();
        other.Join();
        Assert.Equal(handles + 1, _lab.Process.Handles.Count);
    }

    [Fact]
    public void Errno_is_the_threads_own()
    {
        Assert.Equal(-(int)Errno.EBADF, _lab.Library.bpf_map_lookup_elem(99, _key, _value));
        HostThread.Run(() =>
        {
            Assert.Equal(Errno.None, _lab.Library.errno);
            Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_map_lookup_elem(_map, 0, _value));
            Assert.Equal(Errno.EINVAL, _lab.Library.errno);
        }).Join();
        Assert.Equal(Errno.EBADF, _lab.Library.errno);
    }

    [Fact]
    public void A_library_that_is_unloaded_closes_the_channels_of_all_threads()
    {
        int handles = _lab.Process.Handles.Count;
        using (var library = new Libbpf(_lab.Process.Gate))
        {
            using var parking = new ParkingPlace();
            HostThread other = HostThread.Run(() =>
            {
                Assert.Equal(-(int)Errno.EBADF, library.bpf_map_delete_elem(99, _key));
                Assert.Equal(0, library.bpf_map_get_next_id(0, _value));
                parking.Park();
            });
            parking.WaitForArrival();
            Assert.Equal(0, library.bpf_map_get_next_id(0, _value));
            Assert.Equal(handles + 2, _lab.Process.Handles.Count);
            library.Dispose();
            Assert.Equal(handles, _lab.Process.Handles.Count);
            parking.Open();
            other.Join();
        }
    }

    [Theory]
    [InlineData(LibraryVersion.Checked)]
    [InlineData(LibraryVersion.Upstream)]
    public void A_descriptor_that_is_used_again_stands_for_the_new_map(LibraryVersion version)
    {
        using var library = new Libbpf(_lab.Process.Gate, version);
        int first = library.bpf_map_create(BpfMapType.Hash, "a", 4, 8, 16);
        Assert.Equal(0, library.bpf_map_update_elem(first, _key, _value, 0));
        Assert.Equal(0, library.close(first));
        int second = library.bpf_map_create(BpfMapType.PercpuHash, "a", 8, 8, 16);
        Assert.Equal(first, second);
        ulong key = _lab.Put(9ul);
        ulong value = _lab.Put(1ul, 2ul);
        Assert.Equal(0, library.bpf_map_update_elem(second, key, value, 0));
        ulong read = _lab.Put(0ul, 0ul);
        Assert.Equal(0, library.bpf_map_lookup_elem(second, key, read));
        Assert.Equal([1ul, 2ul], _lab.ReadArray<ulong>(read, 2));
    }

    private void LookUp() => Assert.Equal(0, _lab.Library.bpf_map_lookup_elem(_map, _key, _value));
}
