using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>What a batch lookup of a per-CPU map handed back before #3564 was fixed: the kernel's records, cut at the wrong stride.</summary>
public class Before3564Tests
{
    [Theory]
    [InlineData(4, 100)]
    [InlineData(2, 64)]
    [InlineData(8, 500)]
    [InlineData(3, 7)]
    public void Records_of_all_cpus_are_cut_as_if_there_were_one(int cpus, uint asked)
    {
        byte[] stream = KernelRecords(cpus, 200);
        using var lab = new Lab(LibraryVersion.Before3564, cpus);
        int fd = Filled(lab, 200);
        Batch batch = lab.NewBatch(fd, asked, 4, 8);

        // The reply has room for so many of the kernel's records, and the library finds this many of its own in them.
        int record = 4 + (8 * cpus);
        int arrived = Math.Min((int)(asked * 12) / record, 200) * record;
        int believed = arrived / 12;
        Assert.Equal(0, batch.Lookup(lab.Options()));
        Assert.Equal((uint)believed, batch.CountNow);
        for (int i = 0; i < believed; i++)
        {
            Assert.Equal(MemoryMarshal.Read<uint>(stream.AsSpan(i * 12)), batch.KeysNow(believed)[i]);
            Assert.Equal(MemoryMarshal.Read<ulong>(stream.AsSpan((i * 12) + 4)), lab.Read<ulong>(batch.Values + (uint)(i * 8)));
        }
    }

    [Fact]
    public void Room_for_less_than_one_of_the_kernels_records_is_an_invalid_argument()
    {
        using var lab = new Lab(LibraryVersion.Before3564, cpus: 4);
        int fd = Filled(lab, 10);

        // Two records of 12 bytes: the kernel's 36 do not fit, and it answers success with none.
        Batch batch = lab.NewBatch(fd, 2, 4, 8);
        Assert.Equal(-(int)Errno.EINVAL, batch.Lookup(lab.Options()));
        Refusal refusal = lab.Library.LastRefusal!;
        Assert.Equal(("api.batch.records_returned", 0L, 12L), (refusal.Check.Id, refusal.Given, refusal.Expected));
        Assert.Equal(2u, batch.CountNow);
    }

    [Fact]
    public void The_cursor_is_a_key_that_never_was()
    {
        using var lab = new Lab(LibraryVersion.Before3564, cpus: 4);
        int fd = Filled(lab, 200);
        Assert.Equal(0, lab.Library.bpf_map_delete_elem(fd, lab.Put(0u)));
        Batch batch = lab.NewBatch(fd, 5, 4, 8);
        Assert.Equal(0, batch.Lookup(lab.Options()));

        // One of the kernel's records of 36 bytes came, and was taken for three: the last "key" is the upper half of CPU 2's count.
        Assert.Equal(3u, batch.CountNow);
        Assert.Equal(0u, lab.Read<uint>(batch.OutBatch));
        Assert.Equal(-(int)Errno.ENOENT, batch.Lookup(lab.Options(), batch.OutBatch));
    }

    [Fact]
    public void Everything_else_scales_as_upstream_does()
    {
        using var lab = new Lab(LibraryVersion.Before3564, cpus: 4);
        int fd = Filled(lab, 10);
        ulong value = lab.Allocate(32);
        Assert.Equal(0, lab.Library.bpf_map_lookup_elem(fd, lab.Put(3u), value));
        Assert.Equal(Enumerable.Range(0, 4).Select(cpu => Lab.Word(3, (uint)cpu)), lab.ReadArray<ulong>(value, 4));
    }

    private static int Filled(Lab lab, uint count)
    {
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        lab.Fill(fd, BpfMapType.PercpuHash, count);
        return fd;
    }

    /// <summary>The bytes that the kernel packs for such a map, read with a library that cuts them right.</summary>
    private static byte[] KernelRecords(int cpus, uint count)
    {
        using var lab = new Lab(LibraryVersion.Upstream, cpus);
        int fd = Filled(lab, count);
        uint valueBytes = (uint)(8 * cpus);
        Batch batch = lab.NewBatch(fd, count, 4, valueBytes);
        Assert.Equal(0, batch.Lookup(lab.Options()));
        var stream = new List<byte>();
        for (uint i = 0; i < count; i++)
        {
            stream.AddRange(lab.Bytes(batch.Keys + (i * 4), 4));
            stream.AddRange(lab.Bytes(batch.Values + (i * valueBytes), (int)valueBytes));
        }

        return [.. stream];
    }
}
