using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>Upstream trusts what it is passed: where that ends, with a guard page behind each block and without.</summary>
public class FaultTests
{
    private static readonly LibraryVersion[] s_trusting = [LibraryVersion.Upstream, LibraryVersion.Before3564];

    public static TheoryData<LibraryVersion, string, ulong, uint, MemoryAccess, string> NullArguments()
    {
        (string Call, ulong Address, uint Length, MemoryAccess Access, string Site)[] rows =
        [
            ("lookup opts", 16, 8, MemoryAccess.Read, "library:lookup_batch.opts"),
            ("lookup_and_delete opts", 16, 8, MemoryAccess.Read, "library:lookup_and_delete_batch.opts"),
            ("update opts", 16, 8, MemoryAccess.Read, "library:update_batch.opts"),
            ("delete opts", 16, 8, MemoryAccess.Read, "library:delete_batch.opts"),
            ("lookup count", 0, 4, MemoryAccess.Read, "library:lookup_batch.count"),
            ("update count", 0, 4, MemoryAccess.Read, "library:update_batch.count"),
            ("delete count", 0, 4, MemoryAccess.Read, "library:delete_batch.count"),
            ("lookup keys", 0, 4, MemoryAccess.Write, "library:lookup_batch.keys"),
            ("lookup values", 0, 8, MemoryAccess.Write, "library:lookup_batch.values"),
            ("lookup out_batch", 0, 4, MemoryAccess.Write, "library:lookup_batch.out_batch"),
            ("lookup_and_delete out_batch", 0, 4, MemoryAccess.Write, "library:lookup_and_delete_batch.out_batch"),
            ("update values", 0, 8, MemoryAccess.Read, "library:update_batch.values"),
            ("delete keys", 0, 12, MemoryAccess.Read, "library:delete_batch.keys"),
        ];
        var data = new TheoryData<LibraryVersion, string, ulong, uint, MemoryAccess, string>();
        foreach (LibraryVersion version in s_trusting)
        {
            foreach ((string call, ulong address, uint length, MemoryAccess access, string site) in rows)
            {
                data.Add(version, call, address, length, access, site);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NullArguments))]
    public void A_null_argument_is_dereferenced_and_ends_the_process(
        LibraryVersion version, string row, ulong address, uint length, MemoryAccess access, string site)
    {
        string[] words = row.Split(' ');
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 3);
        Batch batch = lab.NewBatch(fd, 3, 4, 8);
        ulong opts = words[1] == "opts" ? 0 : lab.Options();
        batch.Count = words[1] == "count" ? 0 : batch.Count;
        batch.Keys = words[1] == "keys" ? 0 : batch.Keys;
        batch.Values = words[1] == "values" ? 0 : batch.Values;
        batch.OutBatch = words[1] == "out_batch" ? 0 : batch.OutBatch;
        AccessViolation fault = Crash(lab, () => words[0] switch
        {
            "lookup" => batch.Lookup(opts),
            "lookup_and_delete" => batch.LookupAndDelete(opts),
            "update" => batch.Update(opts),
            _ => batch.Delete(opts),
        });
        Assert.Equal(new AccessViolation(access, address, address, length, site), fault);
    }

    [Theory]
    [InlineData(LibraryVersion.Upstream)]
    [InlineData(LibraryVersion.Before3564)]
    public void Options_that_end_in_the_middle_fault_where_they_end(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        Batch batch = lab.NewBatch(fd, 1, 4, 8);
        ulong half = lab.Allocate(16);
        AccessViolation fault = Crash(lab, () => batch.Lookup(half));
        Assert.Equal((half + 16, MemoryAccess.Read), (fault.Address, fault.Access));
    }

    [Theory]
    [InlineData(LibraryVersion.Upstream)]
    [InlineData(LibraryVersion.Before3564)]
    public void A_batch_update_whose_caller_forgot_the_cpus_reads_past_the_values(LibraryVersion version)
    {
        using var lab = new Lab(version, cpus: 4);
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        Batch batch = lab.NewBatch(fd, 100, 4, valueBytes: 8);
        AccessViolation fault = Crash(lab, () => batch.Update(lab.Options()));

        // 800 bytes of values, taken 32 at a time: element 25 is the first that is not there.
        ulong end = batch.Values + 800;
        Assert.Equal(new AccessViolation(MemoryAccess.Read, end, end, 32, "library:update_batch.values"), fault);
        Assert.Equal(fault, lab.Process.Fault);
    }

    [Fact]
    public void A_batch_lookup_whose_caller_forgot_the_cpus_writes_past_the_values_after_delivering_what_fits()
    {
        using var lab = new Lab(LibraryVersion.Upstream, cpus: 4);
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        lab.Fill(fd, BpfMapType.PercpuHash, 10);
        Batch batch = lab.NewBatch(fd, 10, 4, valueBytes: 9);
        AccessViolation fault = Crash(lab, () => batch.Lookup(lab.Options()));

        // 90 bytes of values: elements 0 and 1 fit, the third faults after 26 of its 32 bytes.
        Assert.Equal(
            new AccessViolation(MemoryAccess.Write, batch.Values + 90, batch.Values + 64, 32, "library:lookup_batch.values"), fault);
    }

    [Fact]
    public void In_a_packed_heap_the_same_lookup_overwrites_the_neighbour_byte_for_byte()
    {
        using var lab = new Lab(LibraryVersion.Upstream, cpus: 4, HeapMode.Packed);
        ulong values = lab.Put<byte>([.. Enumerable.Repeat((byte)0xEE, 16)]);
        ulong neighbour = lab.Put<byte>([.. Enumerable.Repeat((byte)0x77, 64)]);
        Assert.Equal(values + 16, neighbour);
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        lab.Fill(fd, BpfMapType.PercpuHash, 2);
        Batch batch = lab.NewBatch(fd, 2, 4, valueBytes: 8);
        batch.Values = values;
        Assert.Equal(0, batch.Lookup(lab.Options()));
        Assert.Equal(2u, batch.CountNow);

        // What the program allocated holds half of the first element; the rest went over its neighbour.
        uint[] keys = batch.KeysNow(2);
        ulong[] expected = [.. keys.SelectMany(key => Enumerable.Range(0, 4).Select(cpu => Lab.Word(key, (uint)cpu)))];
        Assert.Equal(expected[..2], lab.ReadArray<ulong>(values, 2));
        Assert.Equal(expected[2..], lab.ReadArray<ulong>(neighbour, 6));
        Assert.All(lab.Bytes(neighbour + 48, 16).ToArray(), b => Assert.Equal(0x77, b));
        Assert.False(lab.Process.HasExited);
    }

    [Fact]
    public void In_a_packed_heap_the_same_update_stores_the_neighbours_bytes()
    {
        using var lab = new Lab(LibraryVersion.Upstream, cpus: 2, HeapMode.Packed);
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        Batch batch = lab.NewBatch(fd, 2, 4, valueBytes: 8);
        lab.Write(batch.Keys, 1u, 2u);
        batch.Values = lab.Put(0x1111111111111111UL, 0x2222222222222222UL);
        ulong neighbour = lab.Put(0x5EC2E75EC2E75EC2UL, 0x5EC2E75EC2E75EC2UL);
        Assert.Equal(batch.Values + 16, neighbour);
        Assert.Equal(0, batch.Update(lab.Options()));
        ulong value = lab.Allocate(16);
        Assert.Equal(0, lab.Library.bpf_map_lookup_elem(fd, lab.Put(2u), value));
        Assert.Equal([0x5EC2E75EC2E75EC2UL, 0x5EC2E75EC2E75EC2UL], lab.ReadArray<ulong>(value, 2));
    }

    [Theory]
    [InlineData(LibraryVersion.Upstream)]
    [InlineData(LibraryVersion.Before3564)]
    public void Single_calls_trust_their_caller_too(LibraryVersion version)
    {
        foreach ((string site, Func<Lab, int, ulong, ulong, int> call) in ((string, Func<Lab, int, ulong, ulong, int>)[])[
            ("library:lookup_elem.value", (lab, fd, key, value) => lab.Library.bpf_map_lookup_elem(fd, key, value)),
            ("library:lookup_elem.value", (lab, fd, key, value) => lab.Library.bpf_map_lookup_and_delete_elem(fd, key, value)),
            ("library:update_elem.value", (lab, fd, key, value) => lab.Library.bpf_map_update_elem(fd, key, value, 0)),
            ("library:lookup_elem.value", (lab, fd, key, value) => lab.Library.bpf_map_lookup_elem(fd, key, 0)),
            ("library:delete_elem.key", (lab, fd, key, value) => lab.Library.bpf_map_delete_elem(fd, 0)),
            ("library:get_next_key.next_key", (lab, fd, key, value) => lab.Library.bpf_map_get_next_key(fd, 0, lab.Allocate(3))),
            ("library:get_next_key.key", (lab, fd, key, value) => lab.Library.bpf_map_get_next_key(fd, lab.Allocate(3), key)),
            ("library:obj_get.path", (lab, fd, key, value) => lab.Library.bpf_obj_get(0UL)),
            ("library:get_next_id.next_id", (lab, fd, key, value) => lab.Library.bpf_map_get_next_id(0, 0)),
            ("library:obj_get_info.info", (lab, fd, key, value) => lab.Library.bpf_obj_get_info_by_fd(fd, value, lab.Put(96u))),
            ("library:map_create.name", (lab, fd, key, value) => lab.Library.bpf_map_create(BpfMapType.Hash, key, 4, 4, 1, 0)),
            ("library:map_create.opts", (lab, fd, key, value) => lab.Library.bpf_map_create(BpfMapType.Hash, 0UL, 4, 4, 1, value)),
        ])
        {
            using var lab = new Lab(version);
            int fd = lab.CreateMap(BpfMapType.PercpuHash);
            lab.Fill(fd, BpfMapType.PercpuHash, 1);
            ulong key = lab.Put(0u);
            lab.Write(key, 0x01010101u);
            Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, key, lab.Allocate(32), 0));
            Assert.Equal(site, Crash(lab, () => call(lab, fd, key, lab.Allocate(8))).Site);
        }
    }

    [Fact]
    public void A_single_lookup_zeroes_the_first_byte_of_the_value_before_it_looks_at_anything()
    {
        foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
        {
            using var lab = new Lab(version);
            ulong value = lab.Put(0x1122334455667788UL);
            Assert.Equal(-(int)Errno.EBADF, lab.Library.bpf_map_lookup_elem(77, 0, value));
            Assert.Equal(version == LibraryVersion.Checked ? 0x1122334455667788UL : 0x1122334455667700UL, lab.Read<ulong>(value));
        }
    }

    [Fact]
    public void Memory_that_can_only_be_read_is_no_place_for_values()
    {
        foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
        {
            using var lab = new Lab(version);
            int fd = lab.CreateMap(BpfMapType.Hash);
            lab.Fill(fd, BpfMapType.Hash, 1);
            ulong region = lab.Process.Memory.AllocateRegion(4096, PageProtection.ReadOnly);
            Batch batch = lab.NewBatch(fd, 1, 4, 8);
            batch.Values = region;
            if (version == LibraryVersion.Checked)
            {
                Assert.Equal(-(int)Errno.EINVAL, batch.Lookup(lab.Options()));
                Assert.Equal((0L, 8L), (lab.Library.LastRefusal!.Given, lab.Library.LastRefusal.Expected));
                continue;
            }

            AccessViolation fault = Crash(lab, () => batch.Lookup(lab.Options()));
            Assert.Equal(new AccessViolation(MemoryAccess.Write, region, region, 8, "library:lookup_batch.values"), fault);
        }
    }

    /// <summary>Runs a call that faults; afterwards there is no process, and calls say so.</summary>
    private static AccessViolation Crash(Lab lab, Func<int> call)
    {
        ProcessExitedException exit = Assert.Throws<ProcessExitedException>(() => { call(); });
        Assert.Equal(lab.Process.Id, exit.ProcessId);
        Assert.True(lab.Process.HasExited);
        Assert.Equal(-(int)Errno.ESRCH, lab.Library.close(3));
        Assert.Equal(Errno.ESRCH, lab.Library.errno);
        Assert.Equal(exit.Violation, lab.Process.Fault);
        return exit.Violation!.Value;
    }
}
